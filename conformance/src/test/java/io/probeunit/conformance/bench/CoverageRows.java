package io.probeunit.conformance.bench;

import io.probeunit.conformance.kit.TestImage;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** All functions of a real program, counted: the time to arm them, and what they cost the program. */
final class CoverageRows {

    /** Of queries that read one row each, by two clients, so that the server has all of the machine. */
    private static final String PGBENCH = "pgbench -S -c 2 -t 2000";

    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    private CoverageRows() {}

    static void measure(int rounds, Consumer<Figure> figures) throws Exception {
        try (GenericContainer<?> postgresql = new GenericContainer<>(TestImage.of("postgresql"))
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1))) {
            postgresql.start();
            run(postgresql, "pgbench -i -q");
            run(postgresql, PGBENCH);
            Bench bench = new Bench(postgresql, rounds);
            bench.cover("*");
            List<Double> reading = new ArrayList<>();
            List<Double> arming = new ArrayList<>();
            List<Double> window = new ArrayList<>();
            List<Double> before = new ArrayList<>();
            List<Double> covered = new ArrayList<>();
            int points = 0;
            long fired = 0;
            for (int round = 0; round < rounds; round++) {
                before.add(latency(postgresql));
                long start = System.nanoTime();
                List<ProbePoint> found = bench.cover("*");
                long resolved = System.nanoTime();
                Session session = bench.open(bench.uprobe(), found, 0, firing -> {});
                long armed = System.nanoTime();
                covered.add(latency(postgresql));
                long barrier = System.nanoTime();
                fired = session.barrier().counts().stream()
                        .filter(count -> count.fired() > 0)
                        .count();
                window.add((System.nanoTime() - barrier) / 1e6);
                Bench.close(session);
                points = found.size();
                reading.add((resolved - start) / 1e6);
                arming.add((armed - resolved) / 1e6);
            }
            figures.accept(Figure.alone(
                            "arm all %d functions of postgres, uprobe engine".formatted(points),
                            "ms",
                            Numbers.median(arming),
                            Goal.value(300),
                            rounds)
                    .with("%s ms before it, to read the binary".formatted(Numbers.text(Numbers.median(reading))))
                    .with("%s ms to read all counters".formatted(Numbers.text(Numbers.median(window))))
                    .with("%d of them fired".formatted(fired)));
            figures.accept(new Figure(
                    "a query of pgbench (-S, 2 clients) with all functions of postgres counted",
                    "ms",
                    Numbers.median(covered),
                    "without",
                    Numbers.median(before),
                    Numbers.median(covered) / Numbers.median(before),
                    Goal.none(),
                    rounds,
                    List.of()));
        }
    }

    private static double latency(GenericContainer<?> postgresql) throws Exception {
        Matcher latency = LATENCY.matcher(run(postgresql, PGBENCH));
        if (!latency.find()) {
            throw new IllegalStateException("pgbench printed no latency");
        }
        return Double.parseDouble(latency.group(1));
    }

    private static String run(GenericContainer<?> postgresql, String command) throws Exception {
        ExecResult result = postgresql.execInContainer(command.split(" "));
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(command + ": " + result);
        }
        return result.getStdout();
    }
}
