package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Two JVMs at the same time, each with another engine, on one file: neither disturbs the other. */
@Tag("once")
@Testcontainers
@Timeout(120)
class TwoEnginesTest {

    private static final String ARMED = "the probes are armed";
    private static final String ENGINE = "build.conformance.engine";

    @Container
    static final TruthContainer first = new TruthContainer();

    @Container
    static final TruthContainer second = new TruthContainer();

    @Test
    void on_one_container() {
        try (ChildJvm.Running stap = child("stap", first);
                ChildJvm.Running uprobe = child("uprobe", first)) {
            stap.awaitLine(ARMED + " stap");
            uprobe.awaitLine(ARMED + " uprobe");

            fires(first.truth());
            second.truth().call("mixed", 1_000);

            arePassed(stap, uprobe);
        }
    }

    @Test
    void on_two_containers_of_one_image() {
        try (ChildJvm.Running stap = child("stap", first);
                ChildJvm.Running uprobe = child("uprobe", second)) {
            stap.awaitLine(ARMED + " stap");
            uprobe.awaitLine(ARMED + " uprobe");

            fires(first.truth());
            fires(second.truth());

            arePassed(stap, uprobe);
        }
    }

    /** What one takes away while the other still counts is its own. */
    @Test
    void one_ends_before_the_other() {
        try (ChildJvm.Running stap = child("stap", first);
                ChildJvm.Running uprobe = child("uprobe", first)) {
            stap.awaitLine(ARMED + " stap");
            uprobe.awaitLine(ARMED + " uprobe");
            uprobe.kill();

            fires(first.truth());

            arePassed(stap);
        }
    }

    private static ChildJvm.Running child(String engine, TruthContainer container) {
        return ChildJvm.of(Counting.class)
                .watching(container.getContainerId())
                .property(ENGINE, engine)
                .start();
    }

    private static void fires(Truth truth) {
        assertThat(truth.spread("alpha", 2, 2, 25_000)).isEqualTo(100_000);
        assertThat(truth.spread("beta", 1, 1, 10_000)).isEqualTo(20_000);
        assertThat(truth.call("gamma", 3_001)).isEqualTo(3_001);
        assertThat(truth.call("guarded", 502)).isEqualTo(502);
    }

    private static void arePassed(ChildJvm.Running... jvms) {
        for (ChildJvm.Running jvm : jvms) {
            jvm.tell("go on");
        }
        for (ChildJvm.Running jvm : jvms) {
            jvm.outcomes().assertSucceeded(1);
        }
    }

    static class Counting {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 100_000)
        @ExpectFunction(value = "beta", onReturn = true, times = 20_000)
        @ExpectMark(value = "truth:gamma", times = 3_001)
        @ExpectMark(value = "truth:guarded", times = 502)
        void counts(Recording recording) throws IOException {
            System.out.println(ARMED + " " + recording.engine());
            assertThat(System.in.read()).isPositive();
        }
    }
}
