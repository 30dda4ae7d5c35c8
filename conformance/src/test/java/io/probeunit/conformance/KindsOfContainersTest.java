package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.junit.ProbeExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Wherever a test has its containers from, exactly what fires in the one that is meant is counted. */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(120)
class KindsOfContainersTest {

    @Container
    static final TruthContainer one = new TruthContainer();

    @Container
    static final TruthContainer two = new TruthContainer(TruthContainer.NO_PIE);

    @Test
    void several_each_with_probes_of_its_own() {
        Outcomes outcomes = Subjects.run(Several.class);

        outcomes.passed("both");
        outcomes.failure("theOther").contains("container two", "0 times", "alpha  3 times  one");
        outcomes.failure("misspelt").contains("no target named 'tow'", "two");
        outcomes.failure("unnamed").contains("container = \"…\"", "one (field", "two (field");
    }

    static class Several {
        @Probed
        static final TruthContainer one = KindsOfContainersTest.one;

        @Probed
        static final TruthContainer two = KindsOfContainersTest.two;

        @Test
        @ExpectFunction(value = "alpha", container = "one", times = 3)
        @ExpectFunction(value = "alpha", container = "two", times = 4)
        @ExpectFunction(value = "beta", container = "two", times = 1)
        void both(Recording recording) {
            one.truth().call("alpha", 3);
            one.truth().call("beta", 9);
            two.truth().call("alpha", 4);
            two.truth().call("beta", 1);
            assertThat(recording).function("alpha").in("two").firedTimes(4);
            assertThat(recording).function("alpha").firedTimes(7);
        }

        @Test
        @ProbeFunction(value = "alpha", container = "one")
        @ExpectFunction(value = "alpha", container = "two", times = 3)
        void theOther() {
            one.truth().call("alpha", 3);
        }

        @Test
        @ExpectFunction(value = "alpha", container = "tow")
        void misspelt() {}

        @Test
        @ExpectFunction("alpha")
        void unnamed() {}
    }

    @Test
    void of_superclasses_enclosing_classes_and_instances() {
        Subjects.run(Inherits.class, Encloses.class, OneInstance.class).assertSucceeded(3);
    }

    abstract static class Base {
        @Probed
        private static final TruthContainer base = one;
    }

    static class Inherits extends Base {
        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void inherits() {
            one.truth().call("alpha", 2);
        }
    }

    static class Encloses {
        @Probed
        private final TruthContainer around = two;

        @Nested
        class Inner extends Base {
            @Test
            @ExpectFunction(value = "alpha", container = "base", times = 2)
            @ExpectFunction(value = "alpha", container = "around", times = 3)
            void nested() {
                one.truth().call("alpha", 2);
                around.truth().call("alpha", 3);
            }
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        @Probed
        private TruthContainer mine;

        @BeforeAll
        void find() {
            mine = one;
        }

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void oneInstance() {
            mine.truth().call("alpha", 2);
        }
    }

    @Test
    void singletons_and_services_given_in_code() {
        Subjects.run(InCode.class).assertSucceeded(1);
    }

    /** What Testcontainers hands out of a Compose file, or of a container that runs already: no more than its state. */
    private record Service(String id) implements ContainerState {
        @Override
        public String getContainerId() {
            return id;
        }

        @Override
        public InspectContainerResponse getContainerInfo() {
            return getDockerClient().inspectContainerCmd(id).exec();
        }

        @Override
        public List<Integer> getExposedPorts() {
            return List.of();
        }
    }

    static class InCode {
        @RegisterExtension
        static final ProbeExtension probes = ProbeExtension.builder()
                .target("singleton", () -> one)
                .target("service", TruthContainer.NO_PIE, () -> new Service(two.getContainerId()))
                .build();

        @Test
        @ExpectFunction(value = "alpha", container = "singleton", times = 2)
        @ExpectFunction(value = "alpha", container = "service", times = 3)
        void inCode() {
            one.truth().call("alpha", 2);
            two.truth().call("alpha", 3);
        }
    }

    /** Whichever extension is registered first. */
    @Test
    void of_each_test_before_and_after_the_extension_of_containers() {
        Subjects.run(ContainersFirst.class, ProbesFirst.class).assertSucceeded(2);
    }

    @Testcontainers
    @ExpectFunction(value = "alpha", times = 2)
    static class ContainersFirst {
        @Container
        final TruthContainer container = new TruthContainer();

        @Test
        void containersFirst() {
            container.truth().call("alpha", 2);
        }
    }

    @ExpectFunction(value = "alpha", times = 2)
    @Testcontainers
    static class ProbesFirst {
        @Container
        final TruthContainer container = new TruthContainer();

        @Test
        void probesFirst() {
            container.truth().call("alpha", 2);
        }
    }

    @Test
    void that_are_started_again_between_tests() {
        Subjects.run(StartedAgain.class).assertSucceeded(2);
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class StartedAgain {
        @Probed
        static final TruthContainer container = one;

        private static int before;

        @BeforeEach
        void startAgain() {
            if (before > 0) {
                container.stop();
                container.start();
                assertThat(container.pid()).isNotEqualTo(before);
            }
            before = container.pid();
        }

        @Test
        @Order(1)
        @ExpectFunction(value = "alpha", times = 2)
        void first() {
            container.truth().call("alpha", 2);
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "alpha", times = 3)
        void second() {
            container.truth().call("alpha", 3);
        }
    }
}
