package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.ProbeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerPathsTest {

    private final FakeMachine machine = new FakeMachine();
    private final ContainerPaths paths = new ContainerPaths(machine.files, machine.target());

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/shop, /usr/bin/shop",
        "//usr/./bin//shop, /usr/bin/shop",
        "/usr/../usr/bin/../bin/shop, /usr/bin/shop",
        "/../../usr/bin/shop, /usr/bin/shop",
        "/bin/shop, /usr/bin/shop",
        "/bin/../bin/shop, /usr/bin/shop",
        "/opt/current/shop, /usr/bin/shop",
        "/opt/up/usr/bin/shop, /usr/bin/shop",
        "/opt/above, /usr/bin/shop",
        "/, /"
    })
    void links_are_followed_within_the_container(String path, String resolved) {
        machine.files
                .link(FakeMachine.ROOT + "/bin", "usr/bin")
                .link(FakeMachine.ROOT + "/opt/current", "/bin")
                .link(FakeMachine.ROOT + "/opt/up", "..")
                .link(FakeMachine.ROOT + "/opt/above", "../../../../../../usr/bin/shop");

        assertThat(paths.resolve(path)).isEqualTo(resolved);
    }

    @Test
    void an_absolute_link_never_leads_to_the_hosts_file() {
        machine.files.file("/etc/secret", "the host's").link(FakeMachine.ROOT + "/usr/bin/secret", "/etc/secret");

        refuses("/usr/bin/secret", "There is no file /usr/bin/secret in target shop (PU0501): / has no 'etc'");
        assertThat(paths.find("/usr/bin/secret")).isEmpty();

        machine.binary("/etc/secret", 7);
        assertThat(paths.find("/usr/bin/secret")).contains("/etc/secret");
    }

    @Test
    void links_in_a_circle_are_refused() {
        machine.files.link(FakeMachine.ROOT + "/a", "/b").link(FakeMachine.ROOT + "/b", "a");

        refuses("/a/shop", "The path /a/shop in target shop goes through more than 40 links (PU0512).");
    }

    @Test
    void what_is_missing_is_told_with_the_nearest_names() {
        machine.binary("/usr/bin/shopd", 1).binary("/usr/bin/ls", 2);

        refuses(
                "/usr/bin/shup",
                "There is no file /usr/bin/shup in target shop (PU0501): /usr/bin has no 'shup'; nearest there: shop, shopd. Paths are those inside the container.");
        refuses("/usr/sbin/shop", "/usr has no 'sbin'; nearest there: bin.");
        refuses("/usr/bin/shop/x", "/usr/bin/shop has no 'x'. Paths are");
    }

    @Test
    void a_folder_is_no_file_but_has_names() {
        assertThat(paths.find("/usr/bin")).isEmpty();
        assertThat(paths.names("/usr/bin")).containsExactly("shop");
        assertThat(paths.names("/nowhere")).isEmpty();
    }

    private void refuses(String path, String message) {
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> paths.resolve(path))
                .withMessageContaining(message);
    }
}
