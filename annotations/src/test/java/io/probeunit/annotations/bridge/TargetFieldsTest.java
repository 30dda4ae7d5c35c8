package io.probeunit.annotations.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.Probed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.GenericContainer;

class TargetFieldsTest {

    @Test
    void all_container_fields_are_targets() {
        assertThat(targets(Plain.class)).containsExactlyInAnyOrder("Plain.ONE", "Plain.two", "Plain.state");
    }

    @Test
    void probed_fields_are_targets_and_no_others_then() {
        assertThat(targets(WithProbed.class)).containsExactly("WithProbed.probed");
    }

    @Test
    void a_probed_field_need_not_have_a_containers_type() {
        assertThat(targets(ProbedObject.class)).containsExactly("ProbedObject.anything");
    }

    @Test
    void a_probed_field_of_a_superclass_decides_too() {
        assertThat(targets(BelowProbed.class)).containsExactly("WithProbed.probed");
    }

    @Test
    void superclasses_and_interfaces_count() {
        assertThat(targets(Child.class)).containsExactly("Child.OWN", "Parent.ABOVE", "Deep.CONSTANT");
    }

    @Test
    void classes_around_count_as_junit_sees_them() {
        assertThat(targets(Child.class, Plain.class))
                .startsWith("Child.OWN", "Parent.ABOVE", "Deep.CONSTANT")
                .contains("Plain.ONE")
                .hasSize(6);
    }

    @Test
    void the_innermost_of_the_classes_around_comes_first() {
        assertThat(TargetFields.types(List.of(Outer.class, Outer.Middle.class), Outer.Middle.Inner.class))
                .containsExactly(Outer.Middle.Inner.class, Object.class, Outer.Middle.class, Outer.class, Deep.class);
    }

    @Test
    void what_is_no_container_is_none() {
        assertThat(TargetFields.isContainer(String.class)).isFalse();
        assertThat(TargetFields.isContainer(int.class)).isFalse();
        assertThat(TargetFields.isContainer(GenericContainer[].class)).isFalse();
        assertThat(TargetFields.isContainer(Special.class)).isTrue();
    }

    private static List<String> targets(Class<?> testClass, Class<?>... around) {
        return TargetFields.of(List.of(around), testClass).stream()
                .map(f -> f.getDeclaringClass().getSimpleName() + "." + f.getName())
                .toList();
    }

    static class Special extends GenericContainer {}

    static class Plain {
        static final Special ONE = new Special();
        private final GenericContainer two = new GenericContainer();
        ContainerState state = two;
        String other = "";
    }

    static class WithProbed {
        @Probed
        private final GenericContainer probed = new GenericContainer();

        static final GenericContainer NOT = new GenericContainer();
    }

    static class BelowProbed extends WithProbed {
        static final GenericContainer BELOW = new GenericContainer();
    }

    static class ProbedObject {
        @Probed
        Object anything = new GenericContainer();

        GenericContainer not = new GenericContainer();
    }

    interface Deep {
        GenericContainer CONSTANT = new GenericContainer();
    }

    interface Shallow extends Deep {}

    static class Parent implements Shallow {
        static final GenericContainer ABOVE = new GenericContainer();
    }

    static class Child extends Parent {
        static final GenericContainer OWN = new GenericContainer();
    }

    static class Outer implements Deep {
        class Middle {
            class Inner {}
        }
    }
}
