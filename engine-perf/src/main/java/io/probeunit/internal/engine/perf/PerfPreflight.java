package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.NoSuchProgramException;
import io.probeunit.internal.host.Tool;
import io.probeunit.internal.tracefs.EventGroup;
import io.probeunit.internal.tracefs.EventLeftovers;
import io.probeunit.internal.tracefs.Tracefs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries whether perf can work on a host: it makes a uprobe event in a file that no process executes, and lets perf
 * count and record it as in a session. If this fails, it looks for the reason.
 */
final class PerfPreflight {

    private static final String INSTALL =
            "Install it: 'apt-get install linux-perf' (Debian), 'apt-get install linux-tools-generic linux-tools-$(uname -r)' (Ubuntu), 'dnf install perf' (Fedora, RHEL).";
    private static final Pattern VERSION = Pattern.compile("perf version (\\S+)");
    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");
    private static final String PARANOID = "/proc/sys/kernel/perf_event_paranoid";
    private static final String USE = "use a uprobe event";
    private static final String FOLDER = "/run/probeunit/perf";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BYTES_TO_PROBE = 4096;

    private final Host host;
    private final PerfSettings settings;
    private final List<Lack> lacks = new ArrayList<>();

    PerfPreflight(Host host, PerfSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    PreflightResult check() {
        checkMachine();
        boolean root = checkUser();
        Optional<String> version = checkPerf();
        // another user cannot see whether it exists
        Optional<Tracefs> tracefs = root ? checkTracefs() : Optional.empty();
        if (lacks.isEmpty()) {
            tryOut(tracefs.orElseThrow());
        }
        return lacks.isEmpty()
                ? new PreflightResult.Passed("perf %s, Linux %s"
                        .formatted(version.orElseThrow(), host.kernel().release()))
                : new PreflightResult.Failed(lacks);
    }

    /**
     * Checks that perf can sample; no uprobe events are needed for it.
     *
     * @param words of a recording that samples
     */
    PreflightResult checkSampling(List<String> words) {
        Optional<String> version = checkPerf();
        if (lacks.isEmpty()) {
            RecordingTool recording = new RecordingTool(host, words, new Monitor(), (source, config, sample) -> {});
            mustWork("sample the CPUs", recording.process(), recording::awaitReady, recording::drain);
        }
        return lacks.isEmpty()
                ? new PreflightResult.Passed("perf %s".formatted(version.orElseThrow()))
                : new PreflightResult.Failed(lacks);
    }

    private void checkMachine() {
        String machine = host.kernel().machine();
        if (!machine.equals("x86_64") && !machine.equals("aarch64")) {
            lack(
                    "the machine is %s; this engine knows the registers of x86_64 and aarch64".formatted(machine),
                    "Run the tests on one of these.");
        }
    }

    private boolean checkUser() {
        Matcher user = EFFECTIVE_USER.matcher(
                host.files().textIfThere("/proc/self/status").orElse(""));
        boolean root = !user.find() || user.group(1).equals("0");
        if (!root) {
            lacks.add(Lack.ofRights(
                    "the JVM runs as user %s; making uprobe events needs root (PU1010)".formatted(user.group(1))));
        }
        return root;
    }

    private Optional<String> checkPerf() {
        Optional<Tool.Result> answer = version();
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(answer.get().output());
        if (!version.find()) {
            lack(
                    "'%s --version' does not print a version of perf, but: %s"
                            .formatted(settings.command(), said(answer.get())),
                    install());
            return Optional.empty();
        }
        return Optional.of(version.group(1));
    }

    private Optional<Tracefs> checkTracefs() {
        Optional<Tracefs> tracefs = Tracefs.of(host);
        if (tracefs.isEmpty()) {
            lack(
                    "there is no file uprobe_events in %s: tracefs is not mounted, or the kernel has no uprobes"
                            .formatted(String.join(" or ", Tracefs.PLACES)),
                    "As root: 'mount -t tracefs nodev /sys/kernel/tracing'. In a container, mount the host's /sys/kernel/tracing.");
        }
        return tracefs;
    }

    private void tryOut(Tracefs tracefs) {
        EventGroup group = EventGroup.create(host);
        String file = FOLDER + "/" + group.name();
        String event = group.event("try");
        try {
            host.files().createFolder(FOLDER);
            host.files().write(file, new byte[BYTES_TO_PROBE]);
            tracefs.define(
                    List.of("p:%s/try %s:0x100 %s=$comm:string".formatted(group.name(), file, UprobeEvent.COMMAND)));
            tryOut(event);
        } catch (HostException e) {
            lack(
                    "a uprobe event could not be made: %s".formatted(e.getMessage()),
                    "Is a security module, a lockdown of the kernel or a read-only mount in the way? The kernel says: %s"
                            .formatted(tracefs.lastError()));
        } finally {
            clean(tracefs, group, file);
        }
    }

    private void tryOut(String event) {
        CountingTool counting =
                new CountingTool(host, CountingTool.words(settings.command(), List.of(event)), List.of(event));
        mustWork(USE, counting.process(), counting::awaitReady, counting::read);
        RecordingTool recording = new RecordingTool(
                host,
                RecordingTool.words(settings.command(), List.of(event)),
                new Monitor(),
                (source, config, sample) -> {});
        mustWork(USE, recording.process(), recording::awaitReady, recording::drain);
    }

    private void mustWork(String what, ToolProcess tool, Predicate<Duration> awaitReady, Runnable use) {
        try {
            if (awaitReady.test(PATIENCE)) {
                use.run();
            } else {
                unusable(what, tool.story());
            }
        } catch (EngineException e) {
            unusable(what, String.valueOf(e.getMessage()));
        } finally {
            end(tool);
        }
    }

    private void unusable(String what, String story) {
        lack(
                "perf could not %s: %s".formatted(what, story),
                "Is this perf too old (5.16 is the oldest that has all it needs), or may this user not trace the machine (kernel.perf_event_paranoid is %s; a seccomp filter such as Docker's may forbid perf_event_open)?"
                        .formatted(
                                host.files().textIfThere(PARANOID).orElse("?").strip()));
    }

    private static void end(ToolProcess tool) {
        tool.stop();
        Interrupts.orElse(false, () -> tool.awaitEnded(PATIENCE));
    }

    private void clean(Tracefs tracefs, EventGroup group, String file) {
        Interrupts.orStop(() -> {
            new EventLeftovers(host, tracefs).clean(group);
            host.files().delete(file);
        });
    }

    /** What perf says of itself; empty, and a lack, where it cannot be run. */
    private Optional<Tool.Result> version() {
        Command command = Command.of(settings.command(), "--version").with(Map.of("LC_ALL", "C"));
        try {
            return Optional.of(Interrupts.orThrow(
                    e -> new EngineException("Interrupted while '%s' ran (PU1115).".formatted(command), e),
                    () -> Tool.run(host, command, PATIENCE)));
        } catch (NoSuchProgramException e) {
            lack("there is no program '%s'".formatted(settings.command()), install());
            return Optional.empty();
        } catch (HostException e) {
            lacks.add(Lack.ofFailure(command.toString(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private String install() {
        String inImage = host.helper().isEmpty()
                ? ""
                : " It must be in the image of the %s (probeunit.sidecar.image).".formatted(host.name());
        return INSTALL + inImage + " If it has another name, give that in %s.command.".formatted(settings.parameters());
    }

    /** What it printed, short enough for a message. */
    private static String said(Tool.Result result) {
        String text = result.errors().isBlank() ? result.output() : result.errors();
        String lines = String.join(
                " / ",
                text.lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty())
                        .limit(4)
                        .toList());
        return lines.isEmpty() ? "nothing" : lines;
    }

    private void lack(String what, String cure) {
        lacks.add(new Lack(what, cure));
    }
}
