package io.probeunit.conformance.bench;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import java.util.ArrayList;
import java.util.List;

/** What is lost when all CPUs fire as fast as they can. */
final class LossRow {

    private static final String LOOP = "alpha";
    private static final long EACH = 2_000_000;

    private final Bench bench;
    private final RawTools tools;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> perfRates = new ArrayList<>();

    LossRow(Bench bench, RawTools tools) {
        this.bench = bench;
        this.tools = tools;
    }

    Figure measure() throws Exception {
        ProbePoint.Function point = bench.point(LOOP, "arg1", "arg2");
        String event = tools.event("fast", point.file().hostPath(), HitRows.offset(point), "a=%di:s64 b=%si:s64");
        int cpus = Runtime.getRuntime().availableProcessors();
        Figure figure = Figure.paired(
                "details lost, two integers, all CPUs at full rate, uprobe engine",
                "%",
                () -> ours(point, cpus),
                "perf record -a",
                () -> {
                    RawTool perf = tools.perfRecord(event);
                    perfRates.add(rate(cpus));
                    perf.endInput();
                    return 100.0 * (cpus * EACH - tools.perfSamples()) / (cpus * EACH);
                },
                Goal.value(0),
                bench.rounds());
        return figure.with("million hits a second on %d CPUs: %s with ours, %s with perf record"
                .formatted(cpus, Numbers.text(Numbers.median(rates)), Numbers.text(Numbers.median(perfRates))));
    }

    private double ours(ProbePoint point, int cpus) throws Exception {
        Session session = bench.open(bench.uprobe(), List.of(point), Bench.ALL, firing -> {});
        try {
            rates.add(rate(cpus));
            Barrier barrier = session.barrier();
            HitRows.demand(barrier, cpus * EACH);
            return 100.0 * (cpus * EACH - barrier.counts().get(0).detailed()) / (cpus * EACH);
        } finally {
            Bench.close(session);
        }
    }

    /** Fires, and tells how many million times a second. */
    private double rate(int cpus) {
        long start = System.nanoTime();
        bench.truth().spread(LOOP, cpus, 0, EACH);
        return cpus * EACH * 1e3 / (System.nanoTime() - start);
    }
}
