package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FakeFiles;
import org.junit.jupiter.api.Test;

/** What SystemTap is shown of its library. */
class TapsetTest {

    private static final String FOLDER = "/run/session/tapset";
    private static final String NEEDED = "/usr/share/systemtap/tapset/bpf/target.stp";

    private final FakeFiles files = new FakeFiles().folder("/run/session");

    @Test
    void one_file_of_the_library_that_belongs_to_the_program() {
        files.file("/usr/bin/stap", "").file(NEEDED, "");

        assertThat(Tapset.create(files, "stap", FOLDER)).contains(FOLDER);
        assertThat(files.link(FOLDER + "/bpf/target.stp")).contains(NEEDED);
        assertThat(Tapset.create(files, "stap", FOLDER)).as("for a second try").contains(FOLDER);
    }

    @Test
    void a_program_of_another_place_has_a_library_of_its_own() {
        files.file("/usr/local/bin/stap", "").file("/usr/bin/stap", "").file(NEEDED, "");
        files.file("/opt/tap/share/systemtap/tapset/bpf/target.stp", "");

        assertThat(Tapset.create(files, "/opt/tap/bin/stap", FOLDER)).contains(FOLDER);
        assertThat(files.link(FOLDER + "/bpf/target.stp")).contains("/opt/tap/share/systemtap/tapset/bpf/target.stp");
        assertThat(Tapset.create(files, "stap", "/run/session/other"))
                .as("that of /usr/local, which is not where it usually is")
                .isEmpty();
        assertThat(Tapset.create(files, "/opt/wrapper", "/run/session/other")).isEmpty();
    }
}
