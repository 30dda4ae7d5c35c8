package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.NoSuchProgramException;
import io.probeunit.internal.host.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds everything that SystemTap's BPF runtime lacks on a host in one run, so that it can be fixed at once. */
final class StapPreflight {

    private static final String INSTALL =
            "Install it: 'apt-get install systemtap' (Debian, Ubuntu), 'dnf install systemtap-devel systemtap-runtime' (Fedora, RHEL).";

    private static final Pattern VERSION = Pattern.compile("(?i)systemtap.*\\(version (\\d+)\\.(\\d+)");
    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Older ones were not tried; FIFOs, helpers and the form of the object file are younger than the runtime itself. */
    private static final Version OLDEST = new Version(4, 8);

    private final Host host;
    private final StapSettings settings;
    private final List<Lack> lacks = new ArrayList<>();

    StapPreflight(Host host, StapSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    private record Version(int major, int minor) {
        boolean isOlderThan(Version other) {
            return major != other.major ? major < other.major : minor < other.minor;
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    PreflightResult check() {
        checkMachine();
        boolean root = checkUser();
        Optional<Version> version = checkStap();
        if (root) {
            // another user cannot see what exists
            if (version.isPresent()) {
                checkStapbpf();
            }
            checkTracing();
            new PrivateStacks(host).lack().ifPresent(lacks::add);
        }
        checkConfiguration();
        return lacks.isEmpty()
                ? new PreflightResult.Passed("SystemTap %s, BPF runtime, Linux %s"
                        .formatted(version.orElseThrow(), host.kernel().release()))
                : new PreflightResult.Failed(lacks);
    }

    private void checkMachine() {
        String machine = host.kernel().machine();
        if (!machine.equals("x86_64")) {
            lack(
                    "the machine is %s; this engine knows the registers of x86_64 alone".formatted(machine),
                    "Run the tests on an x86_64 machine.");
        }
    }

    private boolean checkUser() {
        Matcher user = EFFECTIVE_USER.matcher(host.files().text("/proc/self/status"));
        boolean root = !user.find() || user.group(1).equals("0");
        if (!root) {
            lacks.add(Lack.ofRights(
                    "the JVM runs as user %s; arming uprobes needs root (PU1013)".formatted(user.group(1))));
        }
        return root;
    }

    private Optional<Version> checkStap() {
        Optional<String> answer = version(
                settings.command(),
                new Lack(
                        "there is no program '%s' (PU1006)".formatted(settings.command()),
                        install() + " If it has another name, give that in %s.".formatted(commandParameter())));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(answer.get());
        if (!version.find()) {
            lack(
                    "'%s -V' does not print a version of SystemTap, but: %s"
                            .formatted(settings.command(), firstLine(answer.get())),
                    "Name the right program in %s.".formatted(commandParameter()));
            return Optional.empty();
        }
        Version found = new Version(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
        if (found.isOlderThan(OLDEST)) {
            lack(
                    "SystemTap %s is too old; %s is the oldest that is known to work".formatted(found, OLDEST),
                    "Install a newer one, or name it in %s.".formatted(commandParameter()));
        }
        return Optional.of(found);
    }

    private void checkStapbpf() {
        MemoryLock.lack(host.files().text("/proc/self/status"), host.files().text("/proc/self/limits"), settings)
                .ifPresent(lacks::add);
        version("stapbpf", new Lack("there is no program 'stapbpf', SystemTap's BPF runtime (PU1009)", install()));
    }

    private void checkTracing() {
        if (!host.files().exists(StapLeftovers.UPROBE_EVENTS)) {
            lack(
                    "there is no file %s: tracefs is not mounted, or the kernel has no uprobes"
                            .formatted(StapLeftovers.UPROBE_EVENTS),
                    "As root: 'mount -t debugfs none /sys/kernel/debug' and 'mount -t tracefs nodev /sys/kernel/tracing'. In a container, mount the host's /sys/kernel/debug.");
        }
    }

    private void checkConfiguration() {
        if (BuildTree.config(host).isEmpty()) {
            String release = host.kernel().release();
            lack(
                    "the configuration of the running kernel %s is not there (looked for %s)"
                            .formatted(release, String.join(", ", BuildTree.places(release))),
                    "Install the package of the running kernel, or 'modprobe configs'.");
        }
    }

    /** What a program says of itself, on either stream; empty, and a lack, where it cannot be run. */
    private Optional<String> version(String program, Lack missing) {
        Command command = Command.of(program, "-V").with(settings.environment());
        try {
            Tool.Result result = Interrupts.orThrow(
                    e -> new EngineException("Interrupted while '%s' ran (PU1115).".formatted(command), e),
                    () -> Tool.run(host, command, PATIENCE));
            return Optional.of(result.output() + result.errors());
        } catch (NoSuchProgramException e) {
            lacks.add(missing);
            return Optional.empty();
        } catch (HostException e) {
            lacks.add(Lack.ofFailure(command.toString(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private String commandParameter() {
        return settings.parameters() + ".command";
    }

    private String install() {
        if (host.endsWithTarget()) {
            return INSTALL + " It must be in the image of the target's own container.";
        }
        return host.helper().isEmpty()
                ? INSTALL
                : INSTALL + " It must be in the image of the %s (probeunit.sidecar.image).".formatted(host.name());
    }

    private void lack(String what, String cure) {
        lacks.add(new Lack(what, cure));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("nothing");
    }
}
