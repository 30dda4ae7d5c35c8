package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.targets.CountersInMemory.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersInMemoryTest {

    private static final TargetFile SHOP =
            new TargetFile("/usr/bin/shop", FakeMachine.MERGED + "/usr/bin/shop", new FileIdentity(53, 42));

    private static final byte[] ZERO = {0, 0};
    private static final byte[] RAISED = {1, 0};

    private final byte[] memory = new byte[0x606000];
    private final FakeMachine machine = new FakeMachine();
    private final CountersInMemory counters = new CountersInMemory(machine.host, machine.target());

    @Test
    void a_process_that_sees_it_raised_is_not_named() {
        maps("""
                5500-6500 r--p 00000000 00:35 42 /usr/bin/shop
                9500-a500 rw-p 00003000 00:35 42 /usr/bin/shop
                """);
        memory(0x9520, RAISED);

        assertThat(zeros(new Counter(0x4020, 0x3020))).isEmpty();
    }

    @Test
    void a_process_that_sees_zero_is_named() {
        maps("""
                5500-6500 r--p 00000000 00:35 42 /usr/bin/shop
                9500-a500 rw-p 00003000 00:35 42 /usr/bin/shop
                """);
        memory(0x9520, ZERO);
        machine.files.file("/proc/4711/comm", "shop\n");

        assertThat(zeros(new Counter(0x4020, 0x3020))).containsExactly("process 4711 (shop)");
    }

    /** As lld maps it: the copy that the kernel has raised is not the one that the program reads. */
    @Test
    void of_several_copies_that_of_the_program_is_read() {
        maps("""
                10000-11000 r--p 00000000 00:35 42 /usr/bin/shop
                12000-13000 rw-p 00000000 00:35 42 /usr/bin/shop
                13000-14000 rw-p 00000000 00:35 42 /usr/bin/shop
                """);
        memory(0x12a88, RAISED);
        memory(0x13a88, ZERO);

        assertThat(zeros(new Counter(0x3a88, 0xa88))).hasSize(1);
        assertThat(zeros(new Counter(0x2a88, 0xa88))).isEmpty();
    }

    @Test
    void a_program_that_is_not_moved_is_read_where_its_file_says() {
        maps("""
                401000-402000 r-xp 00001000 00:35 42 /usr/bin/shop
                605000-606000 rw-p 00002000 00:35 42 /usr/bin/shop
                """);
        memory(0x605006, ZERO);

        assertThat(zeros(new Counter(0x605006, 0x2006))).hasSize(1);
    }

    @Test
    void what_is_not_mapped_is_no_zero() {
        maps("""
                401000-402000 r-xp 00001000 00:35 42 /usr/bin/shop
                605000-606000 rw-p 00002000 00:35 43 /usr/bin/shop2
                """);
        memory(0x605006, ZERO);

        assertThat(zeros(new Counter(0x605006, 0x2006))).isEmpty();
    }

    private List<String> zeros(Counter counter) {
        return counters.look().zeros(SHOP, List.of(counter));
    }

    private void maps(String text) {
        machine.files.file("/proc/4711/maps", text);
    }

    private void memory(long address, byte[] content) {
        System.arraycopy(content, 0, memory, (int) address, content.length);
        machine.files.file("/proc/4711/mem", memory);
    }
}
