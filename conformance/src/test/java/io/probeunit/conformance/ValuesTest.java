package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.Truth.Place;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * What is captured is what was passed. Integers come with other bits above them in their registers, as the calling
 * convention allows.
 */
@Tag("attach")
@Tag("host")
@Tag("remote")
@Testcontainers
@Timeout(120)
class ValuesTest {

    /** Unsigned values beyond {@code long} are those with the same bits. */
    private static final Map<String, List<Long>> INTEGERS = Map.of(
            "s8", List.of(0L, 1L, -1L, 42L, 127L, -128L),
            "u8", List.of(0L, 1L, 127L, 128L, 255L),
            "s16", List.of(0L, -1L, -300L, 32_767L, -32_768L),
            "u16", List.of(0L, 1L, 32_768L, 65_535L),
            "s32", List.of(0L, -1L, -2L, 2_147_483_647L, -2_147_483_648L),
            "u32", List.of(0L, 1L, 2_147_483_648L, 4_294_967_295L),
            "s64", List.of(0L, -1L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE),
            "u64", List.of(0L, 1L, 1L << 63, -1L));

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "two words",
            "  blanks at the ends  ",
            "a line\nand another\n",
            "\t\r\u0001\u007f",
            "100 % %s %d %n %%",
            "\"quoted\" 'single' `back` \\ \\n",
            "grüße, 世界, 🙂",
            "<?>",
            "…",
            "a:b;c,d=e|f#g$h${i}{j}[k](l)");

    /** The longest text that every engine must hold; a longer one may be cut, and is then marked as cut. */
    private static final int WHOLE = 50;

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @Test
    @ProbeFunction(value = "take_s8", capture = "arg1:s8")
    @ProbeFunction(value = "take_u8", capture = "arg1:u8")
    @ProbeFunction(value = "take_s16", capture = "arg1:s16")
    @ProbeFunction(value = "take_u16", capture = "arg1:u16")
    @ProbeFunction(value = "take_s32", capture = "arg1:s32")
    @ProbeFunction(value = "take_u32", capture = "arg1:u32")
    @ProbeFunction(value = "take_s64", capture = "arg1:s64")
    @ProbeFunction(value = "take_u64", capture = "arg1:u64")
    void arguments_of_each_width_and_sign(Recording recording) {
        INTEGERS.forEach((type, values) -> {
            for (long value : values) {
                assertThat(truth.take(type, value))
                        .as("%s as the function saw it", type)
                        .isEqualTo(value);
            }
            assertThat(captured(recording.function("take_" + type).list(), "arg1"))
                    .as("arg1:%s", type)
                    .isEqualTo(values);
        });
        isComplete(recording);
    }

    @Test
    @ProbeFunction(value = "give_s8", onReturn = true, capture = "return:s8")
    @ProbeFunction(value = "give_u8", onReturn = true, capture = "return:u8")
    @ProbeFunction(value = "give_s16", onReturn = true, capture = "return:s16")
    @ProbeFunction(value = "give_u16", onReturn = true, capture = "return:u16")
    @ProbeFunction(value = "give_s32", onReturn = true, capture = "return:s32")
    @ProbeFunction(value = "give_u32", onReturn = true, capture = "return:u32")
    @ProbeFunction(value = "give_s64", onReturn = true, capture = "return:s64")
    @ProbeFunction(value = "give_u64", onReturn = true, capture = "return:u64")
    void return_values_of_each_width_and_sign(Recording recording) {
        INTEGERS.forEach((type, values) -> {
            for (long value : values) {
                assertThat(truth.give(type, value))
                        .as("%s as the caller saw it", type)
                        .isEqualTo(value);
            }
            assertThat(captured(recording.functionReturn("give_" + type).list(), "return"))
                    .as("return:%s", type)
                    .isEqualTo(values);
        });
        isComplete(recording);
    }

    @Test
    @ProbeFunction(
            value = "take_six",
            capture = {"arg1:s64", "arg2:s64", "arg3:s64", "arg4:s64", "arg5:s64", "arg6:s64"})
    void six_arguments(Recording recording) {
        truth.takeSix(1, -2, 3, -4, Long.MAX_VALUE, Long.MIN_VALUE);

        assertThat(recording.function("take_six").list())
                .singleElement()
                .extracting(firing -> List.copyOf(firing.captures().values()))
                .isEqualTo(List.of(1L, -2L, 3L, -4L, Long.MAX_VALUE, Long.MIN_VALUE));
    }

    /** Without a type it is the whole register, whatever the function makes of it. */
    @Test
    @ProbeFunction(value = "take_s8", capture = "arg1")
    @ProbeFunction(value = "give_u16", onReturn = true, capture = "return")
    void untyped_arguments_of_functions_are_raw(Recording recording) {
        truth.take("s8", -2);
        truth.give("u16", 7);

        assertThat(captured(recording.function("take_s8").list(), "arg1")).containsExactly(0xa5a5_a5a5_a5a5_a5feL);
        assertThat(captured(recording.functionReturn("give_u16").list(), "return"))
                .containsExactly(0xa5a5_a5a5_a5a5_0007L);
    }

    @Test
    @ProbeMark(
            value = "truth:integers",
            capture = {"arg1", "arg2", "arg3", "arg4", "arg5", "arg6", "arg7", "arg8"})
    void arguments_of_a_mark_have_the_width_and_sign_of_its_note(Recording recording) {
        List<List<Long>> passed = List.of(
                List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
                List.of(-1L, 255L, -1L, 65_535L, -1L, 4_294_967_295L, -1L, -1L),
                List.of(-128L, 128L, -32_768L, 32_768L, -2_147_483_648L, 1L << 31, Long.MIN_VALUE, 1L << 63),
                List.of(127L, 254L, 32_767L, 65_534L, 2_147_483_647L, 4_294_967_294L, Long.MAX_VALUE, -2L));
        List<List<Long>> expected = new ArrayList<>();
        for (int site = 1; site <= 3; site++) {
            for (List<Long> values : passed) {
                truth.integers(site, values.stream().mapToLong(Long::longValue).toArray());
                expected.add(values);
            }
        }

        assertThat(recording.mark("truth:integers").list())
                .extracting(firing -> List.<Object>copyOf(firing.captures().values()))
                .containsExactlyElementsOf(expected.stream()
                        .map(values -> List.<Object>copyOf(values))
                        .toList());
        isComplete(recording);
    }

    @Test
    @ProbeMark(
            value = "truth:integers",
            capture = {"arg1", "arg8"},
            binary = TruthContainer.NO_PIE)
    void operands_in_a_binary_with_fixed_addresses(Recording recording) {
        comparesOperandsOf(TruthContainer.NO_PIE, recording);
    }

    @Test
    @ProbeMark(
            value = "truth:integers",
            capture = {"arg1", "arg8"},
            binary = TruthContainer.STATIC)
    void operands_in_a_static_binary(Recording recording) {
        comparesOperandsOf(TruthContainer.STATIC, recording);
    }

    @Test
    void operands_in_a_stripped_binary_may_be_of_another_variable() {
        Subjects.run(InAStrippedBinary.class)
                .failure("captures")
                .contains("arg1 of mark truth:integers cannot be captured", "stripped", "its debug file");
    }

    static class InAStrippedBinary {
        @Probed
        static final TruthContainer container = ValuesTest.container;

        @Test
        @ProbeMark(value = "truth:integers", capture = "arg1", binary = TruthContainer.STRIPPED)
        void captures() {}
    }

    @Test
    @ProbeMark(
            value = "truth:integers",
            capture = {"arg1", "arg8"},
            binary = TruthContainer.DEBUG)
    void operands_in_a_binary_that_is_not_optimised(Recording recording) {
        comparesOperandsOf(TruthContainer.DEBUG, recording);
    }

    private static void comparesOperandsOf(String build, Recording recording) {
        for (int site = 1; site <= 3; site++) {
            container.exec(build, "integers " + site + " -5 0 0 0 0 0 0 18446744073709551611");
        }

        assertThat(captured(recording.mark("truth:integers").list(), "arg1")).containsExactly(-5L, -5L, -5L);
        assertThat(captured(recording.mark("truth:integers").list(), "arg8")).containsExactly(-5L, -5L, -5L);
    }

    @Test
    @ProbeFunction(
            value = "take_six",
            binary = TruthContainer.DEBUG,
            capture = {"arg1:s64", "arg6:s64"})
    @ProbeFunction(value = "give_s8", binary = TruthContainer.DEBUG, onReturn = true, capture = "return:s8")
    void functions_of_a_binary_that_is_not_optimised(Recording recording) {
        container.exec(TruthContainer.DEBUG, "six -1 2 3 4 5 -6");
        container.exec(TruthContainer.DEBUG, "give s8 -7");

        assertThat(captured(recording.function("take_six").list(), "arg1")).containsExactly(-1L);
        assertThat(captured(recording.function("take_six").list(), "arg6")).containsExactly(-6L);
        assertThat(captured(recording.functionReturn("give_s8").list(), "return"))
                .containsExactly(-7L);
    }

    @Test
    @ProbeMark(
            value = "truth:constants",
            capture = {"arg1", "arg2", "arg3", "arg4"})
    void constant_operands(Recording recording) {
        truth.constants();

        assertThat(recording.mark("truth:constants").list())
                .singleElement()
                .extracting(firing -> List.copyOf(firing.captures().values()))
                .isEqualTo(List.of(-1L, 4_294_967_295L, -300L, 0x0123_4567_89ab_cdefL));
    }

    @Test
    @OnlyEngine({"stap", "uprobe"})
    @ProbeMark(
            value = "truth:indexed",
            capture = {"arg1"})
    void indexed_operands(Recording recording) {
        List<Long> passed =
                IntStream.range(0, 6).mapToObj(i -> truth.indexed(i)).toList();

        assertThat(captured(recording.mark("truth:indexed").list(), "arg1")).isEqualTo(passed);
    }

    /** A limit of the kernel's uprobe events. */
    @Test
    @OnlyEngine("perf")
    void indexed_operands_are_refused() {
        Subjects.run(Indexed.class).failure("captures").contains("truth:indexed", "arg1", "index");
    }

    static class Indexed {
        @Probed
        static final TruthContainer container = ValuesTest.container;

        @Test
        @ProbeMark(value = "truth:indexed", capture = "arg1")
        void captures() {
            container.truth().indexed(1);
        }
    }

    @Test
    @ProbeMark(
            value = "truth:gamma",
            capture = {"arg1", "arg2:string"})
    @ProbeMark(
            value = "truth:delta",
            capture = {"arg1", "arg2", "arg3:string"})
    void each_site_has_its_own_operands(Recording recording) {
        truth.gamma(1, -3, "here");
        truth.gamma(2, Integer.MIN_VALUE, "there");
        truth.delta(-300, 200, "delta");

        assertThat(recording.mark("truth:gamma").list())
                .extracting(firing -> List.copyOf(firing.captures().values()))
                .containsExactly(List.of(-3L, "here"), List.of((long) Integer.MIN_VALUE, "there"));
        assertThat(recording.mark("truth:delta").list())
                .extracting(firing -> List.copyOf(firing.captures().values()))
                .containsExactly(List.of(-300L, 200L, "delta"));
    }

    @Test
    @ProbeFunction(value = "take_string", capture = "arg1:string")
    @ProbeFunction(value = "give_string", onReturn = true, capture = "return:string")
    @ProbeMark(value = "truth:words", capture = "arg1:string")
    void texts_of_all_kinds(Recording recording) {
        List<String> passed = new ArrayList<>();
        for (Place place : List.of(Place.STATIC, Place.HEAP, Place.STACK)) {
            for (String text : TEXTS) {
                truth.takeString(place, text);
                truth.giveString(place, text);
                truth.words(place, text);
                passed.add(text);
            }
            letTheEngineCatchUp(recording);
        }

        assertThat(captured(recording.function("take_string").list(), "arg1")).isEqualTo(passed);
        assertThat(captured(recording.functionReturn("give_string").list(), "return"))
                .isEqualTo(passed);
        assertThat(captured(recording.mark("truth:words").list(), "arg1")).isEqualTo(passed);
        isComplete(recording);
    }

    @Test
    @ProbeFunction(value = "take_string", capture = "arg1:string")
    void texts_of_all_lengths(Recording recording) {
        List<String> passed = IntStream.rangeClosed(0, 200)
                .mapToObj(length -> IntStream.range(0, length)
                        .mapToObj(i -> i % 10 == 0 ? "é" : String.valueOf(i % 10))
                        .reduce("", String::concat))
                .toList();
        for (String text : passed) {
            truth.takeString(Place.HEAP, text);
            letTheEngineCatchUp(recording);
        }

        List<Object> seen = captured(recording.function("take_string").list(), "arg1");
        assertThat(seen).hasSameSizeAs(passed);
        for (int i = 0; i < passed.size(); i++) {
            isTheTextOrCut((String) seen.get(i), passed.get(i));
        }
        isComplete(recording);
    }

    private static void isTheTextOrCut(String seen, String text) {
        if (!seen.equals(text)) {
            assertThat(text).hasSizeGreaterThan(WHOLE);
            assertThat(seen).hasSizeGreaterThan(WHOLE).endsWith("…");
            assertThat(text).startsWith(seen.substring(0, seen.length() - 1));
        }
    }

    /** An engine may be unable to read a page that is not in memory; then it says so, and does not make something up. */
    @Test
    @ProbeFunction(value = "take_string", capture = "arg1:string")
    void a_text_that_is_not_in_memory(Recording recording) {
        truth.takeString(Place.COLD, "cold");
        truth.takeString(Place.HEAP, "warm");

        assertThat(recording.function("take_string").count()).isEqualTo(2);
        assertThat(recording.function("take_string").list()).hasSize(2);
        assertThat(recording.function("take_string").list().get(0).captures())
                .satisfiesAnyOf(
                        captures -> assertThat(captures).containsEntry("arg1", "cold"),
                        captures -> assertThat(captures).containsEntry("arg1", "<unreadable>"));
        assertThat(recording.function("take_string").list().get(1).captures()).containsEntry("arg1", "warm");
    }

    @Test
    @ProbeFunction(value = "take_u64", capture = "arg1:hex")
    @ProbeFunction(value = "take_string", capture = "arg1:ptr")
    void addresses(Recording recording) {
        truth.take("u64", 0xdead_beef_0000_0001L);
        truth.takeString(Place.STATIC, "");
        truth.takeString(Place.STATIC, "at the same place");

        assertThat(captured(recording.function("take_u64").list(), "arg1")).containsExactly(0xdead_beef_0000_0001L);
        assertThat(captured(recording.function("take_string").list(), "arg1"))
                .hasSize(2)
                .doesNotContain(0L)
                .containsOnly(recording
                        .function("take_string")
                        .list()
                        .get(0)
                        .captures()
                        .get("arg1"));
    }

    @Test
    @ExpectFunction(value = "take_s32", times = 2, where = "arg1:s32 == -2")
    @ExpectFunction(value = "take_s32", times = 3, where = "arg1:s32 < 0")
    @ExpectFunction(
            value = "take_s32",
            times = 1,
            where = {"arg1:s32 > -2", "arg1:s32 != 7", "arg1:s32 <= 0"})
    @ExpectFunction(value = "give_s8", onReturn = true, times = 1, where = "return:s8 >= 100")
    void conditions_on_integers_select() {
        for (int value : new int[] {-2, 7, -2, -3, 0}) {
            truth.take("s32", value);
        }
        truth.give("s8", 99);
        truth.give("s8", 100);
    }

    @Test
    @ExpectMark(value = "truth:delta", times = 1, where = "arg1 == -300")
    @ExpectMark(value = "truth:delta", times = 1, where = "arg2 == 200")
    @ExpectMark(value = "truth:integers", times = 1, where = "arg8 == 18446744073709551615")
    @ExpectMark(value = "truth:integers", times = 2, where = "arg2 > 127")
    void conditions_on_marks_know_the_sign_of_the_note() {
        truth.delta(-300, 200, "");
        truth.delta(300, 100, "");
        truth.integers(1, 0, 255, 0, 0, 0, 0, 0, -1);
        truth.integers(2, 0, 128, 0, 0, 0, 0, 0, 1);
    }

    @Test
    @ExpectMark(value = "truth:words", times = 1, where = "arg1:string == two words")
    @ExpectMark(value = "truth:words", times = 1, where = "arg1:string == '  blanks at the ends  '")
    @ExpectMark(value = "truth:words", times = 1, where = "arg1:string =~ ^grüße, .*🙂$")
    @ExpectMark(value = "truth:words", times = 1, where = "arg1:string == \"quoted\" 'single' `back` \\ \\n")
    @ExpectMark(value = "truth:words", times = 11, where = "arg1:string != a")
    void conditions_on_texts_select() {
        TEXTS.forEach(text -> truth.words(Place.HEAP, text));
    }

    @Test
    void a_condition_on_the_missing_part_of_a_text_is_inconclusive() {
        Outcomes outcomes = Subjects.run(LongTexts.class);

        outcomes.passed("theBeginningDecides");
        if (outcomes.of("theEndDecides").status() != Outcomes.Status.PASSED) {
            outcomes.failure("theEndDecides").contains("doubts:", "cut");
        }
        outcomes.failure("neverAtTheEnd");
    }

    static class LongTexts {
        @Probed
        static final TruthContainer container = ValuesTest.container;

        private static final String LONG = "begins " + "and goes on ".repeat(14) + "and ends";

        @Test
        @ExpectMark(value = "truth:words", times = 1, where = "arg1:string =~ ^begins and goes on")
        @ExpectMark(value = "truth:words", times = 0, where = "arg1:string == begins")
        void theBeginningDecides() {
            container.truth().words(Place.HEAP, LONG);
        }

        @Test
        @ExpectMark(value = "truth:words", times = 1, where = "arg1:string =~ and ends$")
        void theEndDecides() {
            container.truth().words(Place.HEAP, LONG);
        }

        @Test
        @ExpectMark(value = "truth:words", times = 0, where = "arg1:string =~ and ends$")
        void neverAtTheEnd() {
            container.truth().words(Place.HEAP, LONG);
        }
    }

    private static List<Object> captured(List<Firing> firings, String name) {
        return firings.stream().map(firing -> firing.captures().get(name)).toList();
    }

    /** A question to a live recording is answered when all details have arrived: an engine may hold a few at a time. */
    private static void letTheEngineCatchUp(Recording recording) {
        recording.firings().count();
    }

    private static void isComplete(Recording recording) {
        assertThat(recording.loss().isNone()).as("%s", recording.loss()).isTrue();
    }
}
