package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries whether the kernel allows our work: it loads the smallest program, and asks for a link in a way that fails
 * differently if such links exist. If this fails, it looks for the reason.
 */
final class UprobePreflight {

    private static final Pattern CAPABILITIES = Pattern.compile("(?m)^CapEff:\\s+([0-9a-f]+)");
    private static final Pattern FILTERED = Pattern.compile("(?m)^Seccomp:\\s+2");
    private static final Pattern LOCKED_DOWN = Pattern.compile("\\[(confidentiality)]");
    private static final int SYS_ADMIN = 21;
    private static final int PERFMON = 38;
    private static final int BPF = 39;

    private final Host host;
    private final Bpf bpf;
    private final List<Lack> lacks = new ArrayList<>();

    UprobePreflight(Host host) {
        this.host = host;
        this.bpf = new Bpf(host.calls());
    }

    PreflightResult check() {
        tryOut();
        return lacks.isEmpty()
                ? new PreflightResult.Passed(
                        "built-in BPF program, Linux " + host.kernel().release())
                : new PreflightResult.Failed(lacks);
    }

    /** Links of uprobes are better than events of perf, but not needed; that programs can be loaded is. */
    private void tryOut() {
        try {
            bpf.tryToLoad();
            if (!bpf.hasUprobeLinks() && !host.files().exists(PerfAttacher.TYPE)) {
                lack(
                        "the kernel (%s) has neither BPF links for uprobes nor a perf event source for them"
                                .formatted(host.kernel().release()),
                        "Use a kernel with CONFIG_UPROBE_EVENTS.");
            }
        } catch (EngineException refused) {
            explain(refused);
        }
    }

    private void explain(EngineException refused) {
        int before = lacks.size();
        host.files().textIfThere("/proc/self/status").ifPresent(this::explainByStatus);
        host.files()
                .textIfThere("/sys/kernel/security/lockdown")
                .map(LOCKED_DOWN::matcher)
                .filter(Matcher::find)
                .ifPresent(m -> lack(
                        "the kernel is locked down (%s), which forbids BPF programs that read memory"
                                .formatted(m.group(1)),
                        "Boot without Secure Boot's lockdown, or with lockdown=none."));
        if (lacks.size() == before) {
            lack(refused.getMessage(), "Is BPF compiled into this kernel (CONFIG_BPF_SYSCALL, CONFIG_UPROBE_EVENTS)?");
        }
    }

    private void explainByStatus(String status) {
        Matcher found = CAPABILITIES.matcher(status);
        long capabilities = found.find() ? Long.parseUnsignedLong(found.group(1), 16) : 0;
        boolean may = has(capabilities, SYS_ADMIN) || has(capabilities, BPF) && has(capabilities, PERFMON);
        if (!may) {
            String unprivileged = host.files()
                    .textIfThere("/proc/sys/kernel/unprivileged_bpf_disabled")
                    .map(String::strip)
                    .orElse("?");
            lacks.add(Lack.ofRights(
                    "the JVM is not root and does not have both CAP_BPF and CAP_PERFMON (kernel.unprivileged_bpf_disabled is %s) (PU1065)"
                            .formatted(unprivileged)));
        }
        if (FILTERED.matcher(status).find()) {
            lack(
                    "a seccomp filter is active, which may forbid bpf(2), as Docker's default does",
                    "Run the JVM's container with --privileged, or with a seccomp profile that allows bpf.");
        }
    }

    private static boolean has(long capabilities, int number) {
        return (capabilities >>> number & 1) == 1;
    }

    private void lack(String what, String cure) {
        lacks.add(new Lack(what, cure));
    }
}
