package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.junit.ProbeExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.ContainerState;

class TargetsTest {

    private final FakeMachine machine = new FakeMachine();

    @Test
    void fields_of_superclasses_interfaces_and_classes_around_are_targets() {
        machine.run(Everywhere.class).assertSucceeded(1);
    }

    interface WithConstant {
        @Probed
        FakeContainer CONSTANT = new FakeContainer();
    }

    static class Base {
        @Probed
        private final FakeContainer base = new FakeContainer();
    }

    @Fake
    static class Everywhere implements WithConstant {
        @Probed
        private final FakeContainer around = new FakeContainer();

        @Nested
        class Inner extends Base {
            @Probed(name = "other")
            private final FakeContainer own = new FakeContainer();

            @Test
            @ExpectFunction(value = "f", container = "CONSTANT", times = 1)
            @ExpectFunction(value = "f", container = "around", times = 2)
            @ExpectFunction(value = "f", container = "base", times = 3)
            @ExpectFunction(value = "f", container = "other", times = 4)
            void test() {
                CONSTANT.call("f");
                List.of(1, 2).forEach(i -> around.call("f"));
                List.of(1, 2, 3).forEach(i -> super_().call("f"));
                List.of(1, 2, 3, 4).forEach(i -> own.call("f"));
            }

            private FakeContainer super_() {
                return ((Base) this).base;
            }
        }
    }

    @Test
    void a_misspelt_name_is_an_error_with_the_nearest() {
        assertThat(machine.run(Misspelt.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(
                        "@ExpectFunction(value = \"f\", container = \"shpo\") on TargetsTest.Misspelt.test()")
                .hasMessageContaining("no target named 'shpo'")
                .hasMessageContaining("Did you mean 'shop'?")
                .hasMessageContaining("shop (field TargetsTest.Misspelt.shop), db (field");
        assertThat(machine.stap.opened).isEmpty();
    }

    @Fake
    static class Misspelt {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer db = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", container = "shpo")
        void test() {}
    }

    @Test
    void with_several_targets_one_must_be_named() {
        assertThat(machine.run(Unnamed.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("2 targets")
                .hasMessageContaining("container = ");
    }

    @Fake
    static class Unnamed {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer db = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    void two_targets_of_one_name_are_an_error() {
        assertThat(machine.run(SameName.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("Two targets are named 'shop'")
                .hasMessageContaining("SameName.shop")
                .hasMessageContaining("SameName.other");
    }

    @Fake
    static class SameName {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed(name = "shop")
        static final FakeContainer other = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    void no_target_is_an_error() {
        assertThat(machine.run(NoTarget.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("no target to probe");
    }

    @Fake
    static class NoTarget {
        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    void a_field_that_is_null_and_one_that_is_no_container_and_one_that_does_not_run_fail_the_tests_that_name_them() {
        Run run = machine.run(Broken.class);

        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.end("isNull()").orElseThrow())
                .hasMessageContaining("Target nothing: the field TargetsTest.Broken.nothing is null");
        assertThat(run.end("isText()").orElseThrow())
                .hasMessageContaining("java.lang.String, which is not a container");
        assertThat(run.end("isStopped()").orElseThrow()).hasMessageContaining("target stopped does not run");
    }

    @Fake
    static class Broken {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static @Nullable FakeContainer nothing;

        @Probed
        static final String text = "text";

        @Probed
        static final FakeContainer stopped = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", container = "nothing")
        void isNull() {}

        @Test
        @ExpectFunction(value = "f", container = "text")
        void isText() {}

        @Test
        @ExpectFunction(value = "f", container = "stopped")
        void isStopped() {
            throw new IllegalStateException("the body ran");
        }

        @Test
        @ExpectFunction(value = "f", container = "shop")
        void isRunning() {
            shop.call("f");
        }

        static {
            stopped.stop();
        }
    }

    @Test
    void without_probed_all_fields_of_a_container_type_are_targets() {
        assertThat(machine.run(ByType.class).failure())
                .hasMessageContaining("Target plain: the field TargetsTest.ByType.plain is null");
    }

    @Fake
    static class ByType {
        static @Nullable ContainerState plain;
        static final String text = "no target";

        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    void an_extension_contributes_targets() {
        Run run = machine.run(Contributed.class);

        run.assertSucceeded(2);
        assertThat(machine.stap.opened)
                .extracting(session -> session.request.target().name())
                .containsExactlyInAnyOrder("db", "queue", "queue");
    }

    @Fake
    static class Contributed {
        static final FakeContainer db = new FakeContainer();
        static final FakeContainer queue = new FakeContainer();

        @RegisterExtension
        static final ProbeExtension forAll =
                ProbeExtension.builder().target("db", () -> db).build();

        @RegisterExtension
        final ProbeExtension forEach = ProbeExtension.builder()
                .target("queue", "/bin/queue", () -> queue)
                .build();

        @Test
        @ExpectFunction(value = "f", container = "db")
        @ExpectFunction(value = "f", container = "queue")
        void first() {
            db.call("f");
            queue.call("f");
        }

        @Test
        @ExpectFunction(value = "g", container = "db")
        @ExpectFunction(value = "g", container = "queue")
        void second() {
            db.call("g");
            queue.call("g");
        }
    }

    @Test
    void a_supplier_that_throws_is_named() {
        assertThat(machine.run(Throwing.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageStartingWith("Target boom: ")
                .hasMessageContaining("target \"boom\" of ProbeExtension")
                .hasMessageContaining("java.lang.IllegalStateException: no database")
                .hasRootCauseMessage("no database");
    }

    @Fake
    static class Throwing {
        @RegisterExtension
        static final ProbeExtension probes = ProbeExtension.builder()
                .target("boom", () -> {
                    throw new IllegalStateException("no database");
                })
                .build();

        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    @SuppressWarnings("NullAway")
    void a_target_needs_a_name_and_a_supplier() {
        ProbeExtension.Builder builder = ProbeExtension.builder();

        assertThatThrownBy(() -> builder.target(null, () -> "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a name");
        assertThatThrownBy(() -> builder.target("db", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"db\"")
                .hasMessageContaining("supplier");
        assertThatThrownBy(() -> builder.target("db", null, () -> "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("binary");
    }

    @Test
    void a_container_without_the_annotation_beside_one_that_has_it_is_named() {
        Run run = machine.run(Beside.class);

        assertThat(run.end("byName()").orElseThrow())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("there is no target named 'database'")
                .hasMessageEndingWith(
                        "Add @Probed if it is meant: field TargetsTest.Beside.database is a container without @Probed, so it is not a target (PU0404): if a field has @Probed, only fields with @Probed are targets.");
        assertThat(run.entries().toString())
                .contains(
                        "field TargetsTest.Beside.database is a container without @Probed, so it is not a target (PU0404): if a field has @Probed, only fields with @Probed are targets");
    }

    @Fake
    static class Beside {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static final @Nullable ContainerState database = null;

        @Test
        @ExpectFunction(value = "f", container = "database")
        void byName() {}

        @Test
        @ExpectFunction(value = "f", times = 0)
        void byDefault() {}
    }
}
