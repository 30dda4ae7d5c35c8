package io.probeunit.conformance.bench;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Times until probes are in place: from names to a session that counts, from a tool's start to its first line. */
final class ArmRows {

    private static final String UNIT = "ms";
    private static final int STAP_POINTS = 20;

    private final Bench bench;
    private final RawTools tools;
    private final Engine uprobe;
    private final Engine stap;
    private double attaching;

    ArmRows(Bench bench, RawTools tools) {
        this.bench = bench;
        this.tools = tools;
        this.uprobe = bench.uprobe();
        this.stap = bench.stap();
    }

    /** A function that the glob matches is looked for in the binary each time, as the tool does. */
    Figure uprobe(int points, String glob, Goal goal, int rounds) throws Exception {
        ours(uprobe, Bench.function(glob), points);
        String path = bench.point("alpha").file().hostPath();
        String script = "uprobe:%s:%s /cgroup == %d/ { @ = count(); }"
                .formatted(path, glob, bench.target().cgroup().id());
        Figure figure = Figure.paired(
                "arm %d points, uprobe engine".formatted(points),
                UNIT,
                () -> ours(uprobe, Bench.function(glob), points),
                "bpftrace, start to attached",
                () -> {
                    RawTool bpftrace = tools.bpftrace(script);
                    double millis = bpftrace.millisToBegin();
                    bpftrace.interrupt();
                    return millis;
                },
                goal,
                rounds);
        return figure.with(
                "%s ms of it, in the last round, without reading the binary".formatted(Numbers.text(attaching)));
    }

    /** Without bpftrace, which takes minutes to take so many probes away, while the kernel lets others wait. */
    Figure uprobeAlone(int points, String glob, double goal) throws Exception {
        ours(uprobe, Bench.function(glob), points);
        List<Double> whole = new ArrayList<>();
        List<Double> attached = new ArrayList<>();
        for (int round = 0; round < bench.rounds(); round++) {
            whole.add(ours(uprobe, Bench.function(glob), points));
            attached.add(attaching);
        }
        return Figure.alone(
                        "arm %d points, uprobe engine".formatted(points),
                        UNIT,
                        Numbers.median(whole),
                        Goal.value(goal),
                        bench.rounds())
                .with("%s ms of it without reading the binary".formatted(Numbers.text(Numbers.median(attached))));
    }

    /** Each round takes functions that no round before has taken. */
    Figure stapFirst() throws Exception {
        ours(stap, Bench.function("many_90?"), 10);
        int[] round = {0};
        return Figure.paired(
                "start to armed, stap engine, %d points".formatted(STAP_POINTS),
                UNIT,
                () -> ours(stap, Bench.function(twenty(round[0])), STAP_POINTS),
                "stap --runtime=bpf, start to begin",
                () -> byHand(twenty(round[0]++)),
                Goal.ratio(1.0),
                bench.rounds());
    }

    Figure stapAgain() throws Exception {
        String same = twenty(9);
        ours(stap, Bench.function(same), STAP_POINTS);
        return Figure.paired(
                "the same, the same probes again",
                UNIT,
                () -> ours(stap, Bench.function(same), STAP_POINTS),
                "stap --runtime=bpf, start to begin",
                () -> byHand(same),
                Goal.ratio(0.5),
                bench.rounds());
    }

    private double byHand(String glob) throws Exception {
        String script = bench.points(Bench.function(glob)).stream()
                .map(ProbePoint.Function.class::cast)
                .map(point -> "global n_%s probe process(\"%s\").function(\"%1$s\") { n_%1$s++ }"
                        .formatted(point.function(), point.file().hostPath()))
                .collect(Collectors.joining(" "));
        RawTool stap = tools.stap(script);
        double millis = stap.millisToBegin();
        stap.interruptAll();
        return millis;
    }

    /** A glob for twenty functions. */
    private static String twenty(int number) {
        return "many_%d[%d%d]?".formatted(number / 5, number % 5 * 2, number % 5 * 2 + 1);
    }

    private double ours(Engine engine, ProbeRequest request, int expected) throws Exception {
        long start = System.nanoTime();
        List<ProbePoint> points = bench.points(request);
        long resolved = System.nanoTime();
        Session session = bench.open(engine, points, 1_000, firing -> {});
        long armed = System.nanoTime();
        Bench.close(session);
        if (points.size() != expected) {
            throw new IllegalStateException("%d points, not %d".formatted(points.size(), expected));
        }
        attaching = (armed - resolved) / 1e6;
        return (armed - start) / 1e6;
    }
}
