package io.probeunit.internal.cli;

import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.docker.Daemon;
import io.probeunit.internal.settings.Values;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Counts live. */
@Command(
        name = "watch",
        description = "Arms probes in a container that runs, and prints counts and firings until Ctrl-C. "
                + "--capture, --where and --on-return belong to the --function or --mark before them.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    static final String FUNCTION = "--function";
    static final String MARK = "--mark";
    static final String CAPTURE = "--capture";
    static final String WHERE = "--where";
    static final String ON_RETURN = "--on-return";

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Removing the probes of SystemTap takes a tenth of a second for each. */
    private static final Duration LAST_WORK = Duration.ofSeconds(90);

    /** Arms probes. */
    interface Opener {
        Live open(Daemon.Listed its, Object container, List<WatchedPoint> points, Settings settings);
    }

    private final NamedContainers containers;
    private final Daemon daemon;
    private final Opener opener;
    private final List<WatchedPoint> points = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "A container by its name or id, running.")
    private String container = "";

    @Option(
            names = FUNCTION,
            paramLabel = "NAME[@BINARY]",
            description = "A function, or a glob, in the main executable or another binary.",
            parameterConsumer = WatchedPoints.class)
    private List<String> functions = List.of();

    @Option(
            names = MARK,
            paramLabel = "NAME[@BINARY]",
            description = "A mark: NAME, PROVIDER:NAME, or a glob.",
            parameterConsumer = WatchedPoints.class)
    private List<String> marks = List.of();

    @Option(
            names = CAPTURE,
            paramLabel = "VALUE",
            description = "A value that is shown, such as arg1:s32 or arg2:string.",
            parameterConsumer = WatchedPoints.class)
    private List<String> captures = List.of();

    @Option(
            names = WHERE,
            paramLabel = "CONDITION",
            description = "Count only some firings, such as 'arg1:s32 == 42'.",
            parameterConsumer = WatchedPoints.class)
    private List<String> where = List.of();

    @Option(
            names = ON_RETURN,
            arity = "0",
            description = "The return of the function, not its entry.",
            parameterConsumer = WatchedPoints.class)
    private List<String> returns = List.of();

    @Option(names = "--for", paramLabel = "TIME", description = "End after this time, such as 10s.", defaultValue = "")
    private String time = "";

    @Option(names = "--json", description = "Print JSON Lines.")
    private boolean json;

    @Mixin
    private ProbingOptions probing = new ProbingOptions();

    WatchCommand(Daemon daemon, NamedContainers containers, Opener opener) {
        this.daemon = daemon;
        this.containers = containers;
        this.opener = opener;
    }

    /** Filled while the command line is read. */
    List<WatchedPoint> points() {
        return points;
    }

    @Override
    public Integer call() {
        if (points.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Nothing is named that could be watched; give --function NAME or --mark NAME");
        }
        Optional<Duration> duration =
                Optional.of(time).filter(t -> !t.isEmpty()).map(this::duration);
        Settings settings = probing.settings();
        // before anything is asked of the daemon
        points.forEach(WatchedPoint::request);
        Daemon.Listed its = containers.container(container);
        PrintWriter out = spec.commandLine().getOut();
        Watching watching = new Watching(PAUSE);
        CountDownLatch done = new CountDownLatch(1);
        Thread atSignal = new Thread(() -> endOf(watching, done), "probeunit-watch-ends");
        Runtime.getRuntime().addShutdownHook(atSignal);
        try (Live live = opener.open(its, daemon.container(its.id()), points, settings)) {
            watching.run(live, duration, json ? new WatchJson(out) : new WatchText(out, System.console() != null));
        } finally {
            done.countDown();
            forget(atSignal);
        }
        return ExitCode.OK;
    }

    private Duration duration(String text) {
        return Values.Time.parse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--for %s is not a time; write a whole number with ms, s or m, such as 10s".formatted(text)));
    }

    private static void forget(Thread atSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(atSignal);
        } catch (IllegalStateException ending) {
            // it was started, and has seen the end
        }
    }

    /** The JVM ends when this returns. */
    private static void endOf(Watching watching, CountDownLatch done) {
        watching.stop();
        try {
            if (!done.await(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS)) {
                System.getLogger("io.probeunit")
                        .log(
                                System.Logger.Level.WARNING,
                                "After {0} s the probes were not removed; the next run removes the rest.",
                                LAST_WORK.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
