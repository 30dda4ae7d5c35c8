package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Bystander;
import io.probeunit.conformance.kit.HostProgram;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Uprobes belong to a file, not to a container: what others fire who map the same file must not count. */
@Tag("host")
@Tag("remote")
@Testcontainers
@Timeout(120)
class OnlyThisContainerTest {

    /** The same image, hence the same files; the build runs on any machine. */
    @Container
    static final TruthContainer sibling = new TruthContainer(TruthContainer.STATIC);

    @Nested
    @Testcontainers
    class OneTarget {

        @Container
        @Probed
        static final TruthContainer target = new TruthContainer(TruthContainer.STATIC);

        @TempDir
        Path folder;

        @Test
        @Tag("here")
        @ProbeFunction("alpha")
        @ProbeMark("truth:gamma")
        void others_who_fire_at_the_same_time(Recording recording) {
            Path copy = folder.resolve("truth");
            target.copyOut(TruthContainer.STATIC, copy);
            Truth truth = target.truth();

            sibling.truth().startBackground("alpha", 0);
            try (Bystander ofSameFile = Bystander.ofTheFileOf(target, TruthContainer.STATIC, "call alpha 300000");
                    Bystander ofCopy = HostProgram.start(copy, "call alpha 300000")) {
                long alpha = 0;
                long gamma = 0;
                for (int i = 0; i < 100; i++) {
                    alpha += truth.call("alpha", 1_000);
                    gamma += truth.call("gamma", 100);
                }
                assertThat(sibling.truth().call("gamma", 77)).isEqualTo(77);
                assertThat(ofSameFile.answer().count("alpha")).isEqualTo(300_000);
                assertThat(ofCopy.answer().count("alpha")).isEqualTo(300_000);

                assertThat(recording).function("alpha").firedTimes(alpha);
                assertThat(recording).mark("truth:gamma").firedTimes(gamma);
            } finally {
                assertThat(sibling.truth().stopBackground()).isPositive();
            }
        }

        @Test
        @ProbeFunction("alpha")
        void only_others_fire(Recording recording) {
            assertThat(sibling.truth().call("alpha", 1_000)).isEqualTo(1_000);

            assertThat(recording).function("alpha").neverFired();
        }
    }

    @Nested
    @Testcontainers
    class TwoTargets {

        @Container
        @Probed
        static final TruthContainer first = new TruthContainer(TruthContainer.STATIC);

        @Container
        @Probed(name = "the other")
        static final TruthContainer second = new TruthContainer(TruthContainer.STATIC);

        @Test
        @ProbeFunction(value = "alpha", container = "first", capture = "arg1:s64")
        @ProbeFunction(value = "alpha", container = "the other", capture = "arg1:s64")
        void each_firing_belongs_to_its_target(Recording recording) {
            sibling.truth().call("alpha", 1_000);
            first.truth().call("alpha", 3);
            second.truth().call("alpha", 2);

            assertThat(recording.function("alpha").in("first").count()).isEqualTo(3);
            assertThat(recording.function("alpha").in("the other").count()).isEqualTo(2);
            assertThat(recording).function("alpha").firedTimes(5);
            assertThat(recording.function("alpha").list())
                    .extracting(firing -> firing.container() + firing.captures().get("arg1"))
                    .containsExactly("first0", "first1", "first2", "the other0", "the other1");
        }

        @Test
        @ProbeFunction(value = "alpha", container = "first")
        void the_other_target_is_not_meant(Recording recording) {
            second.truth().call("alpha", 2);
            first.truth().call("alpha", 1);

            assertThat(recording).function("alpha").firedTimes(1);
        }
    }
}
