package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ExpectMarks;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.junit.ProbeExtension;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people write who are new to this: each is an error before anything is armed and before the test's body runs, and
 * says what was looked for, where, what there is instead, and what to do.
 */
class WrongUsesTest {

    private final FakeMachine machine = new FakeMachine();

    /** What the message must say. */
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Says {
        String[] value();
    }

    static Stream<Class<?>> uses() {
        return Stream.of(WrongUsesTest.class.getDeclaredClasses()).filter(type -> type.isAnnotationPresent(Says.class));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void is_an_error_that_helps(Class<?> use) {
        Throwable failure = machine.run(use).failure();
        assertThat(failure)
                .hasMessageContainingAll(use.getAnnotation(Says.class).value());
        assertThat(machine.stap.opened).isEmpty();
    }

    /** A test on one container. */
    @Fake
    abstract static class OfShop {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test() {
            throw new IllegalStateException("the body ran");
        }
    }

    /** A test on two containers. */
    @Fake
    abstract static class OfShopAndBank {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer bank = new FakeContainer();

        @Test
        void test() {
            throw new IllegalStateException("the body ran");
        }
    }

    /** A test that finds its containers in what extends this. */
    @Fake
    abstract static class OfNothing {
        @Test
        void test() {
            throw new IllegalStateException("the body ran");
        }
    }

    @ExpectFunction(value = "f", times = 1, atLeast = 1)
    @Says({" on WrongUsesTest.TimesAndAtLeast", "times = 1 is given together with atLeast = 1", "leave the other out"})
    static class TimesAndAtLeast extends OfShop {}

    @ExpectFunction(value = "f", atLeast = 3, atMost = 2)
    @Says({" on WrongUsesTest.AtLeastAboveAtMost", "atLeast = 3 and atMost = 2 contradict each other"})
    static class AtLeastAboveAtMost extends OfShop {}

    @ExpectFunction(value = "f", times = -2)
    @Says({" on WrongUsesTest.NegativeTimes", "times = -2 is negative; give 0 or more"})
    static class NegativeTimes extends OfShop {}

    @ExpectFunction(value = "f", atLeast = 0)
    @Says({" on WrongUsesTest.AtLeastNothing", "atLeast = 0 alone can never fail", "@ProbeFunction"})
    static class AtLeastNothing extends OfShop {}

    @ExpectFunction(value = "f", times = 1)
    @ExpectFunction(value = "f", times = 2)
    @Says({
        " on WrongUsesTest.TwoCounts",
        "@ExpectFunction(value = \"f\", times = 1)",
        "@ExpectFunction(value = \"f\", times = 2)",
        "exactly 1 time and exactly 2 times",
        "Leave one of them out"
    })
    static class TwoCounts extends OfShop {}

    @ExpectFunction(value = "f", times = 0)
    @ExpectFunction(value = "f", where = "arg1:s32 == 1")
    @Says({" on WrongUsesTest.NeverAndSome", "contradict each other", "never and at least 1 time where arg1:s32 == 1"})
    static class NeverAndSome extends OfShop {}

    @ExpectFunction(value = "f", where = "arg1:s32 == 1")
    @ExpectFunction(value = "f", times = 0)
    @Says({" on WrongUsesTest.SomeAndNever", "at least 1 time where arg1:s32 == 1 and never"})
    static class SomeAndNever extends OfShop {}

    @ExpectFunction(value = "f", times = 2, where = "arg1:s32 == 1")
    @ExpectFunction(
            value = "f",
            atLeast = 3,
            where = {"arg1:s32 == 1", "arg2:s32 == 2"})
    @Says({
        " on WrongUsesTest.SomeAndFewerWhereLessIsAsked",
        "exactly 2 times where arg1:s32 == 1 and at least 3 times where arg1:s32 == 1 and arg2:s32 == 2"
    })
    static class SomeAndFewerWhereLessIsAsked extends OfShop {}

    @ExpectFunction(value = "f", where = "x == 1")
    @Says({" on WrongUsesTest.WhereOfNoName", "\"x\" names no value; write arg1", "this annotation captures nothing"})
    static class WhereOfNoName extends OfShop {}

    @ExpectFunction(value = "f", where = "arg1 42")
    @Says({
        " on WrongUsesTest.WhereWithoutOperator",
        "where = \"arg1 42\" is not a comparison; write NAME OP LITERAL",
        "== != < <= > >= =~"
    })
    static class WhereWithoutOperator extends OfShop {}

    @ExpectFunction(value = "f", where = "arg1 = 42")
    @Says({" on WrongUsesTest.WhereWithOneEqualsSign", "is not a comparison", "== !="})
    static class WhereWithOneEqualsSign extends OfShop {}

    @ExpectFunction(value = "f", where = "")
    @Says({" on WrongUsesTest.EmptyWhere", "where = \"\" is not a comparison"})
    static class EmptyWhere extends OfShop {}

    @ExpectFunction(value = "f", where = "arg1:string =~ (a")
    @Says({
        " on WrongUsesTest.RegexThatDoesNotCompile",
        "arg1:string =~ (a",
        "the regular expression is not understood (PU0227): Unclosed group near index 2"
    })
    static class RegexThatDoesNotCompile extends OfShop {}

    @ExpectFunction(value = "f", where = "arg1 == fortytwo")
    @Says({" on WrongUsesTest.NumberComparedWithText", "'fortytwo' is text, but arg1 is a number", "write arg1:string"})
    static class NumberComparedWithText extends OfShop {}

    @ExpectFunction(value = "f", where = "arg1 == 42 && arg2 == 1")
    @Says({" on WrongUsesTest.TwoConditionsInOne", "where = {\"arg1 == 42\", \"arg2 == 1\"}"})
    static class TwoConditionsInOne extends OfShop {}

    @ExpectFunction(value = "f", within = "soon")
    @Says({
        " on WrongUsesTest.WithinThatIsNoDuration",
        "within = \"soon\" is not a duration",
        "\"500ms\", \"5s\", \"1m\""
    })
    static class WithinThatIsNoDuration extends OfShop {}

    @ExpectFunction(value = "f", within = "-5s")
    @Says({" on WrongUsesTest.NegativeWithin", "within = \"-5s\" is not a duration"})
    static class NegativeWithin extends OfShop {}

    @ExpectFunction(value = "f", within = "500")
    @Says({" on WrongUsesTest.WithinWithoutUnit", "within = \"500\" is not a duration"})
    static class WithinWithoutUnit extends OfShop {}

    @ExpectFunction(value = "f", within = "99999999999999999999s")
    @Says({" on WrongUsesTest.EndlessWithin", "is not a duration"})
    static class EndlessWithin extends OfShop {}

    @ExpectFunction(value = "f", capture = "arg1:int")
    @Says({" on WrongUsesTest.TypeOfC", "gives the type 'int', which does not exist", "s32"})
    static class TypeOfC extends OfShop {}

    @ExpectFunction(value = "f", capture = "argl")
    @Says({" on WrongUsesTest.MisspeltCapture", "\"argl\" names no value; write arg1 to arg12"})
    static class MisspeltCapture extends OfShop {}

    @ExpectFunction(value = "f", capture = "arg0")
    @Says({" on WrongUsesTest.CountedFromZero", "There is no arg0", "arg1 to arg12"})
    static class CountedFromZero extends OfShop {}

    @ExpectFunction(value = "f", capture = "arg7")
    @Says({" on WrongUsesTest.ArgumentOnTheStack", "arg7 is captured at function f", "arg1 to arg6"})
    static class ArgumentOnTheStack extends OfShop {}

    @ExpectFunction(value = "f", capture = "return")
    @Says({" on WrongUsesTest.ReturnAtTheEntry", "at the entry of function f", "onReturn = true"})
    static class ReturnAtTheEntry extends OfShop {}

    @ExpectFunction(value = "f", capture = "arg1", onReturn = true)
    @Says({" on WrongUsesTest.ArgumentAtTheReturn", "at the return of function f", "without onReturn"})
    static class ArgumentAtTheReturn extends OfShop {}

    @ExpectMark(value = "p:m", capture = "return")
    @Says({
        " on WrongUsesTest.ReturnOfAMark",
        "return is captured at mark p:m",
        "marks return nothing",
        "Capture the mark's arguments"
    })
    static class ReturnOfAMark extends OfShop {}

    @ExpectFunction("")
    @Says({" on WrongUsesTest.NoName", "The name is empty"})
    static class NoName extends OfShop {}

    @ProbeMark("a:b:c")
    @Says({" on WrongUsesTest.MarkOfThreeParts", "\"a:b:c\" is not understood", "\"provider:name\""})
    static class MarkOfThreeParts extends OfShop {}

    @ExpectFunction(value = "f", binary = "bin/fake")
    @Says({" on WrongUsesTest.RelativePath", "is a relative path", "\"/usr/bin/app\""})
    static class RelativePath extends OfShop {}

    @ExpectFunction(value = "f", container = "Shop")
    @Says({
        " on WrongUsesTest.ContainerInOtherCase",
        "no target named 'Shop'",
        "Did you mean 'shop'?",
        "field WrongUsesTest.OfShop.shop"
    })
    static class ContainerInOtherCase extends OfShop {}

    @ExpectFunction("f")
    @Says({" on WrongUsesTest.ContainerLeftOut", "2 targets", "container = \"…\"", "shop (field", "bank (field"})
    static class ContainerLeftOut extends OfShopAndBank {}

    @ExpectFunction("f")
    @Says({" on WrongUsesTest.NoContainer", "no target to probe", "@Probed", "ProbeExtension.builder()"})
    static class NoContainer extends OfNothing {}

    @ExpectFunction("f")
    @Says({"WrongUsesTest.NullField.shop is null", "@Container", "@BeforeAll"})
    static class NullField extends OfNothing {
        @Probed
        private static @Nullable FakeContainer shop;
    }

    @ExpectFunction("f")
    @Says({"java.lang.String, which is not a container", "Put @Probed on"})
    static class FieldThatIsNoContainer extends OfNothing {
        @Probed
        private static final String shop = "shop:latest";
    }

    @ExpectFunction(value = "f", container = "shop")
    @Says({"Two targets are named 'shop'", "TwoOfOneName.one", "TwoOfOneName.two", "@Probed(name = \"…\")"})
    static class TwoOfOneName extends OfNothing {
        @Probed(name = "shop")
        private static final FakeContainer one = new FakeContainer();

        @Probed(name = "shop")
        private static final FakeContainer two = new FakeContainer();
    }

    @ExpectFunction("f")
    @Says({"field WrongUsesTest.OfShop.shop and target \"shop\" of ProbeExtension", "target(\"…\", …)"})
    static class ExtensionWithTheNameOfAField extends OfShop {
        @RegisterExtension
        static final ProbeExtension PROBES =
                ProbeExtension.builder().target("shop", FakeContainer::new).build();
    }

    @ExpectFunction("f")
    @Says({"Two targets are named 'shop'", "target(\"…\", …)"})
    static class TwoExtensionsOfOneName extends OfNothing {
        @RegisterExtension
        static final ProbeExtension PROBES = ProbeExtension.builder()
                .target("shop", FakeContainer::new)
                .target("shop", FakeContainer::new)
                .build();
    }

    @ExpectOrder("f")
    @Says({" on WrongUsesTest.OrderOfOne", "@ExpectOrder(\"f\")", "two names or more", "@ExpectFunction"})
    static class OrderOfOne extends OfShop {}

    @ExpectOrder({})
    @Says({" on WrongUsesTest.OrderOfNothing", "@ExpectOrder({})", "two names or more"})
    static class OrderOfNothing extends OfShop {}

    @ExpectOrder({"f", ""})
    @Says({" on WrongUsesTest.OrderWithAnEmptyName", "@ExpectOrder({\"f\", \"\"})", "The name is empty"})
    static class OrderWithAnEmptyName extends OfShop {}

    @ExpectOrder({"f", "unknown"})
    @Says({
        " on WrongUsesTest.OrderOfAnUnknownName",
        "where no other annotation probes \"unknown\"",
        "no function unknown in shop"
    })
    static class OrderOfAnUnknownName extends OfShop {}

    @ExpectFunction("f")
    @ProbeSettings(engine = ProbeSettings.Engine.PERF)
    @Says({"engine = PERF", "probeunit.engine", "not on the class path", "engines that are: STAP"})
    static class EngineThatIsNotThere extends OfShop {}

    @ExpectMarks(value = "p", container = "shpo")
    @Says({" on WrongUsesTest.MarksOfAMisspeltContainer", "no target named 'shpo'", "Did you mean 'shop'?"})
    static class MarksOfAMisspeltContainer extends OfShop {}

    @ExpectMarks(value = "p:m")
    @Says({" on WrongUsesTest.MarksOfAMark", "no marks of a provider 'p:m'", "Its providers are: p"})
    static class MarksOfAMark extends OfShop {}

    @ExpectFunction("f")
    @Says({"A Recording belongs to one test", "RecordingInAConstructor", "@BeforeEach"})
    static class RecordingInAConstructor extends OfShop {
        RecordingInAConstructor(Recording recording) {}
    }

    @ExpectFunction("f")
    @Says({"A Recording belongs to one test", "RecordingInBeforeAll.prepare", "@BeforeEach"})
    static class RecordingInBeforeAll extends OfShop {
        @BeforeAll
        static void prepare(Recording recording) {}
    }

    @Says({"This test does not probe the function f", "add @ProbeFunction(\"f\")"})
    static class RecordingOfNothing {
        @Test
        @ProbeSettings
        void asks(Recording recording) {
            recording.function("f");
        }
    }

    /** JUnit's own words, since nothing brings ProbeUnit; docs/troubleshooting.md explains them. */
    @Says({"No ParameterResolver registered for parameter [io.probeunit.Recording"})
    static class RecordingWithoutAnnotations {
        @Test
        void asks(Recording recording) {
            recording.function("f");
        }
    }

    @ExpectFunction("f")
    @Says({"OnAPrivateMethod.helper()", "is not a test", "Put it on a test method"})
    static class OnAPrivateMethod extends OfShop {
        @ProbeFunction("g")
        private void helper() {}
    }
}
