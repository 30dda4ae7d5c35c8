package io.probeunit.conformance.bench;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What it costs to time calls: the thread that is traced, and the times themselves. */
final class TimeRows {

    private static final String FUNCTION = "alpha";
    private static final long CALLS = 100_000;
    private static final int KEPT = 10_000;

    private final Bench bench;
    private final RawTools tools;

    TimeRows(Bench bench, RawTools tools) {
        this.bench = bench;
        this.tools = tools;
    }

    Figure timing() throws Exception {
        ProbePoint.Function point = point();
        String path = point.file().hostPath();
        String script =
                "uprobe:%1$s:%2$s /cgroup == %3$d/ { @at[tid] = nsecs } uretprobe:%1$s:%2$s /cgroup == %3$d && @at[tid]/ { @took = hist(nsecs - @at[tid]); delete(@at[tid]) }"
                        .formatted(path, FUNCTION, bench.target().cgroup().id());
        return Figure.paired(
                "timing calls, uprobe engine",
                "ns a call",
                () -> timed(point) - bench.nanosACall(FUNCTION, CALLS),
                "bpftrace",
                () -> {
                    RawTool bpftrace = tools.bpftrace(script);
                    double nanos = bench.nanosACall(FUNCTION, CALLS);
                    if (!bpftrace.interrupt().contains("@took:")) {
                        throw new IllegalStateException("bpftrace has timed nothing");
                    }
                    return nanos - bench.nanosACall(FUNCTION, CALLS);
                },
                Goal.ratio(1.0),
                bench.rounds());
    }

    /** What is measured of a call that takes next to nothing. */
    Figure ownCost() throws Exception {
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        Session session = bench.open(bench.uprobe(), List.of(point()), KEPT, firing -> nanos.add(firing.number(0)));
        try {
            bench.nanosACall(FUNCTION, KEPT);
            HitRows.demand(session.barrier(), KEPT);
        } finally {
            Bench.close(session);
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return Figure.alone(
                        "time of a call that does nothing, p50, uprobe engine",
                        "ns",
                        sorted.get(KEPT / 2),
                        Goal.value(2_000),
                        1)
                .with("p1 %d ns, p99 %d ns".formatted(sorted.get(KEPT / 100), sorted.get(KEPT * 99 / 100)));
    }

    private double timed(ProbePoint point) throws Exception {
        Session session = bench.open(bench.uprobe(), List.of(point), 0, firing -> {});
        try {
            double nanos = bench.nanosACall(FUNCTION, CALLS);
            HitRows.demand(session.barrier(), CALLS);
            return nanos;
        } finally {
            Bench.close(session);
        }
    }

    private ProbePoint.Function point() {
        ProbeRequest request = new ProbeRequest(
                new FunctionSpec(new NamePattern(FUNCTION), true, new BinarySelector.TargetDefault(), Optional.empty()),
                List.of(new Capture(new CaptureSource.Took(), Optional.empty())),
                "bench " + FUNCTION);
        return (ProbePoint.Function) bench.points(request).get(0);
    }
}
