package io.probeunit.conformance.bench;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a hit costs the thread that is traced: its CPU time for a call with the probe, less that for a call without. The
 * probed instruction is a one-byte nop in all of them.
 */
final class HitRows {

    private static final String UNIT = "ns a hit";
    private static final String COUNTED = "alpha";
    private static final String TOLD = "told";
    private static final long CALLS = 500_000;

    /** Few enough for the buffers of all, so that nobody saves time by losing. */
    private static final long AT_ONCE = 50_000;

    private static final int TIMES = 5;
    private static final long LINES_AT_ONCE = 5_000;

    private final Bench bench;
    private final RawTools tools;

    HitRows(Bench bench, RawTools tools) {
        this.bench = bench;
        this.tools = tools;
    }

    Figure uprobeCounting() throws Exception {
        ProbePoint.Function point = bench.point(COUNTED);
        String event = tools.event("counted", point.file().hostPath(), offset(point), "");
        return Figure.paired(
                "counting, uprobe engine",
                UNIT,
                () -> counting(bench.uprobe(), point),
                "perf stat -a",
                () -> {
                    RawTool perf = tools.perfStat(event);
                    double nanos = bench.nanosACall(COUNTED, CALLS);
                    demand(perf.endInput(), CALLS + ",,");
                    return nanos - base(COUNTED);
                },
                Goal.ratio(1.0),
                bench.rounds());
    }

    Figure stapCounting() throws Exception {
        ProbePoint.Function point = bench.point(COUNTED);
        String script = "global n probe process(\"%s\").function(\"%s\") { n++ } probe end { printf(\"n=%%d\\n\", n) }"
                .formatted(point.file().hostPath(), COUNTED);
        return Figure.paired(
                "counting, stap engine",
                UNIT,
                () -> counting(bench.stap(), point),
                "stap --runtime=bpf, n++",
                () -> {
                    RawTool stap = tools.stap(script);
                    double nanos = bench.nanosACall(COUNTED, CALLS);
                    demand(stap.interruptAll(), "n=" + CALLS);
                    return nanos - base(COUNTED);
                },
                Goal.ratio(1.1),
                bench.rounds());
    }

    Figure twoIntegers() throws Exception {
        ProbePoint.Function point = bench.point(COUNTED, "arg1", "arg2");
        String event = tools.event("captured", point.file().hostPath(), offset(point), "a=%di:s64 b=%si:s64");
        AtomicLong lost = new AtomicLong();
        AtomicLong perfLost = new AtomicLong();
        Figure figure = Figure.paired(
                "two integers captured, uprobe engine",
                UNIT,
                () -> capturing(point, COUNTED, AT_ONCE, lost),
                "perf record -a",
                () -> {
                    RawTool perf = tools.perfRecord(event);
                    double nanos = inTurns(COUNTED, AT_ONCE, () -> {});
                    perf.endInput();
                    perfLost.addAndGet(TIMES * AT_ONCE - tools.perfSamples());
                    return nanos - base(COUNTED);
                },
                Goal.ratio(0.9),
                bench.rounds());
        return figure.with("lost %d of ours, %d of perf record's, of %d"
                .formatted(lost.get(), perfLost.get(), bench.rounds() * TIMES * AT_ONCE));
    }

    Figure string() throws Exception {
        ProbePoint.Function point = bench.point(TOLD, "arg1:string");
        String script = "uprobe:%s:%s /cgroup == %d/ { printf(\"%%s\\n\", str(arg0)); }"
                .formatted(
                        point.file().hostPath(), TOLD, bench.target().cgroup().id());
        AtomicLong lost = new AtomicLong();
        AtomicLong bpftraceLost = new AtomicLong();
        Figure figure = Figure.paired(
                "32-byte string captured, uprobe engine",
                UNIT,
                () -> capturing(point, TOLD, LINES_AT_ONCE, lost),
                "bpftrace printf",
                () -> {
                    RawTool bpftrace = tools.bpftrace(script);
                    double nanos = inTurns(TOLD, LINES_AT_ONCE, () -> Thread.sleep(50));
                    String output = bpftrace.interrupt();
                    long printed = output.lines()
                            .filter(line -> line.startsWith("32 characters"))
                            .count();
                    // the last lines of many are kept, which are enough to see that it works
                    if (printed == 0) {
                        throw new IllegalStateException("bpftrace has printed nothing: " + output);
                    }
                    bpftraceLost.addAndGet(Math.max(0, TIMES * LINES_AT_ONCE - bpftrace.printed()));
                    return nanos - base(TOLD);
                },
                Goal.ratio(0.3),
                bench.rounds());
        return figure.with("lost %d of ours, about %d of bpftrace's, of %d"
                .formatted(lost.get(), bpftraceLost.get(), bench.rounds() * TIMES * LINES_AT_ONCE));
    }

    private double counting(Engine engine, ProbePoint point) throws Exception {
        double nanos;
        Session session = bench.open(engine, List.of(point), 0, firing -> {});
        try {
            nanos = bench.nanosACall(COUNTED, CALLS);
            demand(session.barrier(), CALLS);
        } finally {
            Bench.close(session);
        }
        return nanos - base(COUNTED);
    }

    private double capturing(ProbePoint point, String loop, long atOnce, AtomicLong lost) throws Exception {
        double nanos;
        Session session = bench.open(bench.uprobe(), List.of(point), Bench.ALL, firing -> {});
        try {
            nanos = inTurns(loop, atOnce, () -> session.barrier());
            Barrier barrier = session.barrier();
            demand(barrier, TIMES * atOnce);
            lost.addAndGet(TIMES * atOnce - barrier.counts().get(0).detailed());
        } finally {
            Bench.close(session);
        }
        return nanos - base(loop);
    }

    @FunctionalInterface
    private interface Pause {
        void between() throws Exception;
    }

    private double inTurns(String loop, long atOnce, Pause pause) throws Exception {
        double sum = 0;
        for (int i = 0; i < TIMES; i++) {
            sum += bench.nanosACall(loop, atOnce);
            pause.between();
        }
        return sum / TIMES;
    }

    private double base(String loop) {
        return bench.nanosACall(loop, CALLS);
    }

    static long offset(ProbePoint.Function point) {
        return point.symbols().get(0).fileOffset();
    }

    static void demand(Barrier barrier, long fired) {
        if (barrier.counts().get(0).fired() != fired) {
            throw new IllegalStateException("We count %s instead of %d".formatted(barrier.counts(), fired));
        }
    }

    private static void demand(String output, String part) {
        if (!output.contains(part)) {
            throw new IllegalStateException("The tool should have said '%s': %s".formatted(part, output));
        }
    }
}
