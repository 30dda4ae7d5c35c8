package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.kernel.FakeKernel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UprobePreflightTest {

    private static final int NOT_PERMITTED = 1;
    private static final int BAD_FILE = 9;
    private static final int INVALID = 22;
    private static final int UNKNOWN_CALL = 38;
    private static final String STATUS = "/proc/self/status";
    private static final String LOCKDOWN = "/sys/kernel/security/lockdown";
    private static final String ALL = "Name:\tjava\nCapEff:\t000001ffffffffff\nSeccomp:\t0\n";

    private final FakeKernel kernel = new FakeKernel();
    private final Map<String, String> files = new HashMap<>(Map.of(
            STATUS, ALL, "/proc/sys/kernel/osrelease", "6.18.0-test\n", "/proc/sys/kernel/random/boot_id", "boot\n"));

    @Test
    void a_kernel_that_lets_us_load_and_knows_links_is_ready() {
        kernel.errors.addAll(List.of(0, 0, BAD_FILE));

        assertThat(check()).isEqualTo(new PreflightResult.Passed("built-in BPF program, Linux 6.18.0-test"));
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void a_kernel_without_links_is_ready_if_it_has_events() {
        kernel.errors.addAll(List.of(0, 0, INVALID));
        files.put(PerfAttacher.TYPE, "9\n");

        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
    }

    @Test
    void a_kernel_with_neither_is_told_what_it_lacks() {
        kernel.errors.addAll(List.of(0, INVALID, INVALID));

        assertThat(lacks())
                .containsExactly(new Lack(
                        "the kernel (6.18.0-test) has neither BPF links for uprobes nor a perf event source for them",
                        "Use a kernel with CONFIG_UPROBE_EVENTS."));
    }

    @Test
    void who_is_not_root_is_told_the_capabilities() {
        refused(NOT_PERMITTED);
        files.put(STATUS, "CapEff:\t0000000000000000\nSeccomp:\t0\n");
        files.put("/proc/sys/kernel/unprivileged_bpf_disabled", "2\n");

        assertThat(lacks())
                .containsExactly(
                        Lack.ofRights(
                                "the JVM is not root and does not have both CAP_BPF and CAP_PERFMON (kernel.unprivileged_bpf_disabled is 2) (PU1065)"));
    }

    @Test
    void one_of_the_two_capabilities_is_not_enough_and_both_are() {
        refused(NOT_PERMITTED);
        files.put(STATUS, "CapEff:\t0000008000000000\nSeccomp:\t0\n");
        assertThat(lacks()).extracting(Lack::what).first().asString().contains("CAP_PERFMON");

        refused(NOT_PERMITTED);
        files.put(STATUS, "CapEff:\t000000c000000000\nSeccomp:\t0\n");
        assertThat(lacks()).extracting(Lack::what).first().asString().startsWith("The kernel refused");
    }

    @Test
    void a_seccomp_filter_is_named_beside_what_else_is_missing() {
        refused(NOT_PERMITTED);
        files.put(STATUS, "CapEff:\t00000000a80425fb\nSeccomp:\t2\n");

        assertThat(lacks())
                .extracting(Lack::what)
                .satisfiesExactly(
                        what -> assertThat(what).contains("CAP_BPF"),
                        what -> assertThat(what).contains("seccomp filter"));
    }

    @Test
    void only_the_lockdown_that_forbids_reading_memory_is_named() {
        refused(NOT_PERMITTED);
        files.put(LOCKDOWN, "none integrity [confidentiality]\n");
        assertThat(lacks()).extracting(Lack::what).first().asString().contains("locked down (confidentiality)");

        refused(NOT_PERMITTED);
        files.put(LOCKDOWN, "none [integrity] confidentiality\n");
        assertThat(lacks()).extracting(Lack::what).noneMatch(what -> what.contains("locked down"));
    }

    @Test
    void a_kernel_without_bpf_is_told_so() {
        refused(UNKNOWN_CALL);

        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what()).contains("[38]");
            assertThat(lack.cure()).contains("CONFIG_BPF_SYSCALL");
        });
    }

    private void refused(int error) {
        kernel.errors.clear();
        kernel.errors.addAll(List.of(error, error));
    }

    private List<Lack> lacks() {
        return ((PreflightResult.Failed) check()).lacks();
    }

    private PreflightResult check() {
        return new UprobePreflight(host()).check();
    }

    private Host host() {
        HostFiles content = fake(HostFiles.class, (method, path) -> switch (method) {
            case "exists" -> files.containsKey(path);
            case "text" -> {
                if (!files.containsKey(path)) {
                    throw new HostException("there is no " + path);
                }
                yield files.get(path);
            }
            default -> throw new UnsupportedOperationException(method);
        });
        return fake(Host.class, (method, none) -> switch (method) {
            case "calls" -> kernel;
            case "files" -> content;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answers {
        Object answer(String method, String argument);
    }

    /** What an interface makes of its other methods is its own, so only these are faked. */
    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, method, arguments)
                        : answers.answer(method.getName(), arguments == null ? "" : (String) arguments[0])));
    }
}
