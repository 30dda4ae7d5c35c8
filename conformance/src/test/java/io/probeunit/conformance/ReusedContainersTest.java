package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;

/** A container that Testcontainers leaves running for the next JVM is probed by each, and each counts its own firings. */
@Tag("slow-with-perf")
@Timeout(240)
class ReusedContainersTest {

    private static final String LABEL = "io.probeunit.conformance.reused";

    private final DockerClient docker = DockerClientFactory.instance().client();
    private final String label = UUID.randomUUID().toString();

    @Test
    void two_jvms_probe_one_container() {
        child(First.class).run().passed("first");
        List<String> afterTheFirst = containers();
        child(Second.class).run().passed("second", "third");

        assertThat(afterTheFirst).hasSize(1);
        assertThat(containers()).isEqualTo(afterTheFirst);
    }

    @AfterEach
    void remove() {
        containers().forEach(id -> docker.removeContainerCmd(id).withForce(true).exec());
    }

    private ChildJvm child(Class<?> subject) {
        return ChildJvm.of(subject).property(LABEL, label).environment("TESTCONTAINERS_REUSE_ENABLE", "true");
    }

    private List<String> containers() {
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(LABEL, label)).exec().stream()
                .map(com.github.dockerjava.api.model.Container::getId)
                .toList();
    }

    private static TruthContainer reused() {
        TruthContainer container = new TruthContainer().withReuse(true).withLabel(LABEL, System.getProperty(LABEL));
        container.start();
        return container;
    }

    static class First {
        @Probed
        static final TruthContainer container = reused();

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void first() {
            container.truth().call("alpha", 3);
        }
    }

    static class Second {
        @Probed
        static final TruthContainer container = reused();

        @Test
        @ExpectFunction(value = "alpha", times = 4)
        void second() {
            container.truth().call("alpha", 4);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 5)
        void third() {
            container.truth().call("alpha", 5);
        }
    }
}
