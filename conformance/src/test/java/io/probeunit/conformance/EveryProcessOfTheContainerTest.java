package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.conformance.kit.NestedCgroup;
import io.probeunit.conformance.truth.Answer;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** All that runs inside the container counts, however it came there and however soon it is gone. */
@Tag("remote")
@Testcontainers
@Timeout(120)
class EveryProcessOfTheContainerTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @Test
    @ProbeFunction("alpha")
    void forked_children(Recording recording) {
        long ran = truth.spread("alpha", 0, 8, 1_000);

        assertThat(ran).isEqualTo(8_000);
        assertThat(recording).function("alpha").firedTimes(ran);
    }

    /** A child lives some hundred microseconds where the machine has nothing else to do. */
    @Test
    @ProbeFunction("alpha")
    @ProbeMark("truth:bare")
    void children_that_end_at_once(Recording recording) {
        Answer alpha = truth.children("alpha", 300, 1);
        Answer bare = truth.children("bare", 300, 2);

        assertThat(alpha.count("alpha")).isEqualTo(300);
        assertThat(recording).function("alpha").firedTimes(300);
        assertThat(recording).mark("truth:bare").firedTimes(bare.count("bare"));
    }

    @Test
    @ProbeFunction("alpha")
    void what_docker_exec_starts(Recording recording) {
        long ran = container.exec(TruthContainer.PIE, "call alpha 7").count("alpha")
                + container.exec(TruthContainer.PIE, "children alpha 5 3").count("alpha");

        assertThat(ran).isEqualTo(22);
        assertThat(recording).function("alpha").firedTimes(ran);
    }

    @Test
    @ProbeFunction("alpha")
    void each_firing_names_the_process_and_thread_that_ran(Recording recording) {
        truth.call("alpha", 1);
        truth.children("alpha", 1, 1);
        truth.spread("alpha", 1, 0, 1);

        assertThat(recording.function("alpha").list())
                .hasSize(3)
                .allSatisfy(firing -> assertThat(firing.command()).isEqualTo("truth"));
        Firing served = recording.function("alpha").list().get(0);
        Firing forked = recording.function("alpha").list().get(1);
        Firing threaded = recording.function("alpha").list().get(2);
        assertThat(served.pid()).isEqualTo(container.pid()).isNotEqualTo(served.tid());
        assertThat(forked.pid()).isNotEqualTo(container.pid()).isEqualTo(forked.tid());
        assertThat(threaded.pid()).isEqualTo(container.pid());
        assertThat(threaded.tid()).isNotEqualTo(served.tid());
        assertThat(served.nanos()).isBetween(0L, forked.nanos());
    }

    @Test
    @Tag("here")
    @ProbeFunction("alpha")
    void processes_in_a_cgroup_inside_the_containers(Recording recording) {
        truth.call("alpha", 1);
        try (NestedCgroup nested = NestedCgroup.inside(container.pid())) {
            nested.add(container.pid());
            truth.call("alpha", 5);
        }
        truth.call("alpha", 1);

        assertThat(recording).function("alpha").firedTimes(7);
    }
}
