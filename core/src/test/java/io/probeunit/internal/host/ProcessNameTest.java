package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessNameTest {

    private static final String FIELDS =
            " 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 %d 0 424242 1000000 100 18446744073709551615";

    private final FakeFiles files = new FakeFiles();

    @ParameterizedTest
    @ValueSource(strings = {"(sh)", "(a b)", "(a) S 1 2", "())", "(x) Z"})
    void the_command_may_hold_anything(String command) {
        files.file(
                "/proc/7/stat", "7 " + (command.endsWith(")") ? command : command + ")") + " S" + FIELDS.formatted(1));

        assertThat(ProcessName.of(files, 7)).contains(new ProcessName(7, 424242));
    }

    @Test
    void a_zombie_has_ended_unless_other_threads_go_on() {
        files.file("/proc/7/stat", "7 (go) Z" + FIELDS.formatted(1));
        assertThat(ProcessName.of(files, 7)).isEmpty();

        files.file("/proc/7/stat", "7 (go) Z" + FIELDS.formatted(3));
        assertThat(ProcessName.of(files, 7)).contains(new ProcessName(7, 424242));
    }

    @Test
    void a_process_that_is_not_there_has_no_name() {
        assertThat(ProcessName.of(files, 7)).isEmpty();
        files.file("/proc/7/stat", "");
        assertThat(ProcessName.of(files, 7)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7 ", "7 x", "7 1 2", "seven 1"})
    void half_a_name_is_none(String text) {
        assertThat(ProcessName.parse(text)).isEmpty();
    }

    @Test
    void this_jvm_is_alive() {
        HostFiles local = new LocalHost().files();

        assertThat(ProcessName.ofThisJvm(local).isAlive(local)).isTrue();
        assertThat(ProcessName.ofThisJvm(files).isAlive(files)).isFalse();
    }
}
