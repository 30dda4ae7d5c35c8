package io.probeunit.conformance.bench;

import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The time from the end of the last test to the end of the JVM. */
final class EndRow {

    private static final String PREFIX = "the last test ends at ";

    private final Bench bench;

    EndRow(Bench bench) {
        this.bench = bench;
    }

    /** Has asked Testcontainers of the container: what that does at the end of a JVM is no matter of probes. */
    static class Plain {
        static final AttachedTruth container = new AttachedTruth();

        @Test
        void test() {
            container.getCurrentContainerInfo();
            sayWhen();
        }
    }

    static class WithProbes {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ProbeFunction("many_*")
        void test() {
            sayWhen();
        }
    }

    private static void sayWhen() {
        System.out.println(PREFIX + Instant.now());
    }

    Figure measure() throws Exception {
        return Figure.paired(
                "last test to the JVM's end, 1,000 points, uprobe engine",
                "ms",
                () -> millis(WithProbes.class),
                "Testcontainers without ProbeUnit",
                () -> millis(Plain.class),
                Goal.value(150),
                bench.rounds());
    }

    private double millis(Class<?> tests) {
        try (ChildJvm.Running jvm = ChildJvm.of(tests)
                .watching(bench.container().getContainerId())
                .property("build.conformance.engine", "uprobe")
                .start()) {
            jvm.outcomes().assertSucceeded(1);
            Instant end = Instant.now();
            String line = jvm.output()
                    .lines()
                    .filter(l -> l.startsWith(PREFIX))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(jvm.output()));
            return Duration.between(Instant.parse(line.substring(PREFIX.length())), end)
                            .toNanos()
                    / 1e6;
        }
    }
}
