package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.NestedCgroup;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Cgroups inside the container's belong to it, however deep; those inside a sibling's do not. */
@Testcontainers
@Timeout(120)
class NestedCgroupsTest {

    @Container
    @Probed
    static final TruthContainer target = new TruthContainer();

    @Container
    static final TruthContainer sibling = new TruthContainer();

    private final Truth truth = target.truth();

    @Test
    @ProbeFunction("alpha")
    @ProbeMark("truth:bare")
    void tasks_that_were_moved_two_levels_down(Recording recording) {
        long alpha = truth.call("alpha", 1);
        long bare = 0;
        try (NestedCgroup child = NestedCgroup.inside(target.pid())) {
            child.add(target.pid());
            alpha += truth.call("alpha", 2);
            try (NestedCgroup grandchild = NestedCgroup.inside(target.pid())) {
                grandchild.add(target.pid());
                alpha += truth.call("alpha", 3);
                bare += truth.spread("bare", 2, 2, 1_000);
                bare += truth.children("bare", 10, 3).count("bare");
            }
            bare += truth.call("bare", 5);
        }
        alpha += truth.call("alpha", 1);

        assertThat(recording).function("alpha").firedTimes(alpha);
        assertThat(recording).mark("bare").firedTimes(bare);
    }

    /** By itself: behind a burst, an engine may drop the details of single firings. */
    @Test
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    void their_values(Recording recording) {
        truth.call("alpha", 1);
        try (NestedCgroup child = NestedCgroup.inside(target.pid())) {
            child.add(target.pid());
            truth.call("alpha", 2);
            try (NestedCgroup grandchild = NestedCgroup.inside(target.pid())) {
                grandchild.add(target.pid());
                truth.call("alpha", 3);
            }
        }
        truth.call("alpha", 1);

        assertThat(recording.function("alpha").list())
                .extracting(firing -> firing.captures().get("arg1"))
                .containsExactlyElementsOf(
                        LongStream.of(0, 0, 1, 0, 1, 2, 0).boxed().toList());
    }

    @Test
    @ProbeFunction("alpha")
    void those_of_a_sibling(Recording recording) {
        try (NestedCgroup nested = NestedCgroup.inside(sibling.pid())) {
            nested.add(sibling.pid());
            assertThat(sibling.truth().call("alpha", 1_000)).isEqualTo(1_000);
        }
        truth.call("alpha", 4);

        assertThat(recording).function("alpha").firedTimes(4);
    }
}
