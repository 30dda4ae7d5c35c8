package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels on which a program of SystemTap may find its variables overwritten.
 *
 * <p>Since Linux 6.13 on x86-64, compiled programs of a probe's type that have more than 64 bytes of variables keep these in
 * a place that there is once for each CPU ({@code BPF_PRIV_STACK_MIN_SIZE} in {@code kernel/bpf/verifier.c}), since such
 * programs are not interrupted by one another; but at a uprobe they are ({@code bpf_prog_run_array_uprobe} forbids only to
 * change the CPU), where the kernel switches tasks inside of itself. Seen with Linux 7.2: some counts of a million are wrong
 * by a hundred, in both directions. The built-in engine's programs have fewer variables.
 */
final class PrivateStacks {

    private static final int MAJOR = 6;
    private static final int MINOR = 13;
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    private static final String COMPILER = "/proc/sys/net/core/bpf_jit_enable";
    private static final String MODEL_NOW = "/sys/kernel/debug/sched/preempt";
    private static final Pattern CHOSEN = Pattern.compile("\\((\\w+)\\)");
    private static final Pattern AT_BOOT = Pattern.compile("(?:^|\\s)preempt=(\\w+)");
    private static final Set<String> SAFE = Set.of("none", "voluntary");

    private final Host host;

    PrivateStacks(Host host) {
        this.host = host;
    }

    /** Says why this engine cannot count on this kernel. */
    Optional<Lack> lack() {
        if (!hasThem()
                || text(COMPILER).filter(mode -> mode.strip().equals("0")).isPresent()) {
            return Optional.empty();
        }
        String model = model();
        return SAFE.contains(model)
                ? Optional.empty()
                : Optional.of(
                        new Lack(
                                "Linux %s switches tasks inside the kernel (preemption model '%s'), so SystemTap's BPF programs can overwrite each other's variables (PU1007): counts would be wrong, and the kernel may crash"
                                        .formatted(host.kernel().release(), model),
                                "Use engine UPROBE, whose programs are not affected (AUTO takes it by itself); or boot with preempt=none if the kernel has that."));
    }

    private boolean hasThem() {
        Matcher release = RELEASE.matcher(host.kernel().release());
        if (!release.matches()) {
            return false;
        }
        int major = Integer.parseInt(release.group(1));
        return major > MAJOR || major == MAJOR && Integer.parseInt(release.group(2)) >= MINOR;
    }

    /** As it is now where the kernel shows it, else as it was booted, else as it was built. */
    private String model() {
        return text(MODEL_NOW)
                .flatMap(models -> first(CHOSEN, models))
                .or(() -> isBuilt("PREEMPT_DYNAMIC")
                        ? first(AT_BOOT, text("/proc/cmdline").orElse(""))
                        : Optional.empty())
                .orElseGet(this::built);
    }

    private String built() {
        if (isBuilt("PREEMPT_RT")) {
            return "rt";
        } else if (isBuilt("PREEMPT_NONE")) {
            return "none";
        } else if (isBuilt("PREEMPT_VOLUNTARY")) {
            return "voluntary";
        }
        return isBuilt("PREEMPT_LAZY") ? "lazy" : "full";
    }

    private boolean isBuilt(String option) {
        return BuildTree.configuration(host).lines().anyMatch(("CONFIG_" + option + "=y")::equals);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Empty also if a locked down kernel does not show the file. */
    private Optional<String> text(String file) {
        try {
            return host.files().textIfThere(file);
        } catch (HostException notShown) {
            return Optional.empty();
        }
    }
}
