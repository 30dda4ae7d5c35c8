package io.probeunit.internal.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationReaderTest {

    @Test
    void every_place_is_read_in_the_order_declared() {
        ProbePlan plan = read(List.of(Around.class), Around.Inner.class, "test");

        assertThat(plan.expectations())
                .extracting(e -> e.probe().declaration())
                .containsExactly(
                        "@ExpectMark(\"interfaceAround\") on AnnotationReaderTest.InterfaceAround",
                        "@ExpectMark(\"around\") on AnnotationReaderTest.Around",
                        "@ExpectMark(\"top\") on AnnotationReaderTest.Top",
                        "@ExpectMark(\"interface\") on AnnotationReaderTest.Promise",
                        "@ExpectMark(\"base\") on AnnotationReaderTest.Base",
                        "@ExpectMark(\"class\") on AnnotationReaderTest.Around.Inner",
                        "@ExpectMark(\"promised\") on AnnotationReaderTest.Promise.test()",
                        "@ExpectMark(\"overridden\") on AnnotationReaderTest.Base.test()",
                        "@ExpectMark(\"first\") on AnnotationReaderTest.Around.Inner.test()",
                        "@ExpectMark(\"second\") on AnnotationReaderTest.Around.Inner.test()",
                        "@ExpectMark(\"deep\") on @AnnotationReaderTest.Deep on @AnnotationReaderTest.Composed on AnnotationReaderTest.Around.Inner.test()",
                        "@ExpectMark(\"deep2\") on @AnnotationReaderTest.Deep on @AnnotationReaderTest.Composed on AnnotationReaderTest.Around.Inner.test()");
    }

    @ExpectMark("top")
    interface Top {}

    @ExpectMark("interface")
    interface Promise extends Top {
        @ExpectMark("promised")
        void test();
    }

    interface OtherWay extends Top {}

    @ExpectMark("base")
    abstract static class Base implements Promise, OtherWay {
        @Override
        @ExpectMark("overridden")
        public void test() {}
    }

    @ExpectMark("interfaceAround")
    interface InterfaceAround {}

    @ExpectMark("around")
    static class Around implements InterfaceAround {
        @Nested
        @ExpectMark("class")
        class Inner extends Base {
            @Override
            @ExpectMark("first")
            @ExpectMark("second")
            @Composed
            public void test() {}
        }
    }

    @Deep
    @Retention(RetentionPolicy.RUNTIME)
    @interface Composed {}

    @Composed
    @ExpectMark("deep")
    @ExpectMark("deep2")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Deep {}

    @Test
    void what_is_inherited_or_comes_in_two_ways_counts_once() {
        assertThat(expectations(Heir.class))
                .extracting(e -> e.probe().point().describe())
                .containsExactlyInAnyOrder("mark inherited", "mark interface", "mark top", "mark promised");
    }

    @ExpectMark("inherited")
    abstract static class Testator {}

    static class Heir extends Testator implements Promise, Top, OtherWay {
        @Override
        public void test() {}
    }

    @Test
    void a_composed_annotation_on_class_and_method_counts_once() {
        assertThat(expectations(ComposedTwice.class)).hasSize(2);
    }

    @Composed
    static class ComposedTwice {
        @Composed
        void test() {}
    }

    @Test
    void a_repeated_annotation_of_the_users_is_looked_into() {
        assertThat(expectations(UsersRepeated.class))
                .extracting(e -> e.probe().point().describe())
                .containsExactly("mark a", "mark deep", "mark deep2");
    }

    @ExpectMark("a")
    @Composed
    @Repeatable(UsersOwns.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface UsersOwn {
        int value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface UsersOwns {
        UsersOwn[] value();
    }

    static class UsersRepeated {
        @UsersOwn(1)
        @UsersOwn(2)
        void test() {}
    }

    @Test
    void a_method_with_type_variables_is_overridden() {
        assertThat(expectations(OfText.class))
                .extracting(e -> e.probe().point().describe())
                .containsExactly("mark generic", "mark own");
    }

    abstract static class Generic<T extends CharSequence> {
        @ExpectMark("generic")
        void test(T value) {}

        @ExpectMark("another overload")
        void test(int value) {}

        @ExpectMark("other parameters")
        void test(T value, T other) {}
    }

    static class OfText extends Generic<String> {
        @Override
        @ExpectMark("own")
        void test(String value) {}
    }

    @Test
    void private_and_static_methods_are_not_overridden() {
        assertThat(expectations(SameName.class)).hasSize(1);
    }

    static class WithPrivate {
        @ExpectMark("private")
        private void test() {}
    }

    static class SameName extends WithPrivate {
        @ExpectMark("own")
        void test() {}
    }

    @Test
    void the_text_of_a_declaration_shows_what_is_not_default() {
        assertThat(read(List.of(), Texts.class, "test").requests())
                .extracting(ProbeRequest::declaration)
                .containsExactly(
                        "@ProbeFunction(\"f\") on AnnotationReaderTest.Texts.test()",
                        "@ProbeMark(value = \"p:m\", capture = {\"arg1\", \"arg2:string\"}, container = \"shop\") on AnnotationReaderTest.Texts.test()",
                        "@ExpectFunction(value = \"f\", onReturn = true, times = 2, capture = \"return:s32\", where = \"return:s32 < 0\", within = \"5s\", binary = \"/bin/x\") on AnnotationReaderTest.Texts.test()");
    }

    static class Texts {
        @ProbeFunction("f")
        @ProbeMark(
                value = "p:m",
                container = "shop",
                capture = {"arg1", "arg2:string"})
        @ExpectFunction(
                value = "f",
                onReturn = true,
                times = 2,
                binary = "/bin/x",
                capture = "return:s32",
                where = "return:s32 < 0",
                within = "5s")
        void test() {}
    }

    @Test
    void what_a_condition_names_is_captured_once_with_its_type() {
        assertThat(expectations(Conditions.class)).singleElement().satisfies(e -> {
            assertThat(e.probe().captures())
                    .extracting(Capture::toString)
                    .containsExactly("arg1", "arg2:string", "arg3:s32");
            assertThat(e.within()).contains(Duration.ofMillis(500));
        });
    }

    static class Conditions {
        @ExpectMark(
                value = "m",
                capture = "arg1",
                where = {"arg2:string =~ ^a", "arg1 == 1", "arg3:s32 == -2", "arg3 < 5"},
                within = "500ms")
        void test() {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Wrong.Contradiction.class,
                Wrong.Within.class,
                Wrong.Condition.class,
                Wrong.TypeOfCondition.class,
                Wrong.CapturedTwice.class,
                Wrong.EmptyName.class,
                Wrong.RelativePath.class,
                Wrong.ReturnAtEntry.class
            })
    void what_means_nothing_is_an_error_that_names_the_annotation_and_its_place(Class<?> wrong) {
        assertThatThrownBy(() -> read(List.of(), wrong, "test"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("@Expect")
                .hasMessageContaining(" on AnnotationReaderTest.Wrong.%s.test(): ".formatted(wrong.getSimpleName()));
    }

    static class Wrong {
        static class Contradiction {
            @ExpectFunction(value = "f", times = 1, atLeast = 1)
            void test() {}
        }

        static class Within {
            @ExpectFunction(value = "f", within = "5 minutes")
            void test() {}
        }

        static class Condition {
            @ExpectMark(value = "m", where = "x == 1")
            void test() {}
        }

        static class TypeOfCondition {
            @ExpectMark(value = "m", capture = "arg1", where = "arg1:string == a")
            void test() {}
        }

        static class CapturedTwice {
            @ExpectMark(
                    value = "m",
                    capture = {"arg1:s32", "arg1:u32"})
            void test() {}
        }

        static class EmptyName {
            @ExpectFunction("")
            void test() {}
        }

        static class RelativePath {
            @ExpectFunction(value = "f", binary = "bin/x")
            void test() {}
        }

        static class ReturnAtEntry {
            @ExpectFunction(value = "f", capture = "return")
            void test() {}
        }
    }

    @Test
    void counts_of_class_and_method_that_exclude_each_other_are_an_error() {
        assertThatThrownBy(() -> read(List.of(), Contradicting.class, "test"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith(
                        "@ExpectFunction(value = \"f\", times = 0) on AnnotationReaderTest.Contradicting and @ExpectFunction(\"f\") on AnnotationReaderTest.Contradicting.test() contradict each other: function f cannot have fired both never and at least 1 time.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"narrower", "noneOfSome", "later", "theReturn"})
    void counts_that_can_be_true_together_are_none(String method) {
        assertThat(read(List.of(), Contradicting.class, method).expectations()).hasSize(2);
    }

    @ExpectFunction(value = "f", times = 0)
    static class Contradicting {
        @ExpectFunction("f")
        void test() {}

        @ExpectFunction(value = "f", atMost = 3)
        void narrower() {}

        @ExpectFunction(value = "f", times = 0, where = "arg1:s64 == 1")
        void noneOfSome() {}

        @ExpectFunction(value = "f", within = "5s")
        void later() {}

        @ExpectFunction(value = "f", onReturn = true)
        void theReturn() {}
    }

    @Test
    void none_of_some_and_some_of_all_are_no_contradiction() {
        assertThat(expectations(SomeButNotThese.class)).hasSize(2);
    }

    @ExpectFunction(value = "f", times = 0, where = "arg1:s64 == 1")
    static class SomeButNotThese {
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    void never_until_later_and_some_until_now_are_no_contradiction() {
        assertThat(expectations(NeverUntilLater.class)).hasSize(2);
    }

    @ExpectFunction(value = "f", times = 0, within = "5s")
    static class NeverUntilLater {
        @ExpectFunction("f")
        void test() {}
    }

    @Test
    void contradictions_know_all_components_of_an_expectation() {
        assertThat(Expectation.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .as(
                        "Contradictions.exceeds compares the components that decide which firings count. Add a new one there if it does so, and here.")
                .containsExactly("probe", "bounds", "within");
        assertThat(ProbeRequest.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactly("point", "captures", "where", "took", "declaration");
    }

    private static List<Expectation> expectations(Class<?> testClass) {
        return read(List.of(), testClass, "test").expectations();
    }

    private static ProbePlan read(List<Class<?>> enclosing, Class<?> testClass, String name) {
        Method method = Stream.of(testClass.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && !m.isSynthetic())
                .findFirst()
                .orElseThrow();
        return AnnotationReader.read(new TestPlace(enclosing, testClass, method));
    }
}
