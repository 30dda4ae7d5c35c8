package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.CgroupNamespace;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.truth.Truth.Place;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Where only the lower part of the cgroup hierarchy is seen, it is not known how deep a container's group lies. */
@Timeout(300)
class CgroupNamespacesTest {

    private static final int DEEPEST = 12;

    @ParameterizedTest
    @ValueSource(ints = {1, DEEPEST})
    void a_container_in_the_namespace_counts_with_its_nested_groups_and_without_its_sibling(int level) {
        try (CgroupNamespace namespace = CgroupNamespace.atLevel(level)) {
            namespace
                    .around(ChildJvm.of(NestedCgroupsTest.class))
                    .run()
                    .passed("tasks_that_were_moved_two_levels_down", "their_values", "those_of_a_sibling");
        }
    }

    @Test
    void its_texts_are_read() {
        try (CgroupNamespace namespace = CgroupNamespace.atLevel(2)) {
            namespace.around(ChildJvm.of(TwoTexts.class)).run().passed("twoOfOneFiring");
        }
    }

    @Test
    @Tag("once")
    void a_container_outside_of_the_namespace_is_probed_from_a_sidecar() {
        try (TruthContainer container = TruthContainer.started();
                CgroupNamespace namespace = CgroupNamespace.atLevel(2);
                ChildJvm.Running jvm = outside(namespace, container, "auto").start()) {
            jvm.outcomes().passed("counts");

            new Sidecars(jvm.pid()).awaitNone(List.of());
        }
    }

    @Test
    @Tag("once")
    void a_container_outside_of_the_namespace_is_not_counted_from_within() {
        try (TruthContainer container = TruthContainer.started();
                CgroupNamespace namespace = CgroupNamespace.atLevel(2)) {
            outside(namespace, container, "local")
                    .run()
                    .failure("counts")
                    .contains("The cgroup of target container is /../..", "outside of this host's cgroup namespace")
                    .contains("Set the host to SIDECAR", container.getContainerId());
        }
    }

    private static ChildJvm outside(CgroupNamespace namespace, TruthContainer container, String host) {
        return namespace.around(ChildJvm.of(Outside.class)
                .watching(container.getContainerId())
                .property("build.conformance.engine", "uprobe")
                .property("build.conformance.host", host));
    }

    static class Outside {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 7)
        void counts() {
            container.truth().call("alpha", 7);

            assertThat(Sidecars.ofThisJvm().ids()).hasSize(1);
        }
    }

    /** Two texts leave little of the stack of a handler in SystemTap. */
    @Testcontainers
    static class TwoTexts {
        @Container
        @Probed
        static final TruthContainer container = new TruthContainer();

        @Test
        @ExpectFunction(
                value = "take_string",
                times = 1,
                capture = {"arg1:string", "arg2:string"})
        void twoOfOneFiring(Recording recording) {
            container.truth().takeString(Place.HEAP, "a text");

            assertThat(recording.function("take_string").list())
                    .singleElement()
                    .satisfies(firing -> assertThat(firing.captures())
                            .containsEntry("arg1", "a text")
                            .containsKey("arg2"));
        }
    }
}
