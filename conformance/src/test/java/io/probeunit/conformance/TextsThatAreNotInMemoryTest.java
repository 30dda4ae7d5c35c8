package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Answer;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.Truth.Place;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * Whoever looks first at a page that is not mapped waits for it. An engine that cannot wait says so, and makes nothing up;
 * see {@link EngineUnderTest#readsWhatIsNotInMemory()}.
 */
@Tag("attach")
@Testcontainers
@Timeout(120)
class TextsThatAreNotInMemoryTest {

    private static final String UNREADABLE = "<unreadable>";

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"COLD", "EVICTED", "BINARY"})
    @ProbeFunction(value = "take_string", capture = "arg1:string")
    @ProbeFunction(value = "give_string", onReturn = true, capture = "return:string")
    @ProbeMark(value = "truth:words", capture = "arg1:string")
    void are_read_or_said_to_be_unreadable(Place place, Recording recording) {
        String text = Truth.TEXT_OF_BINARY;
        Answer before = truth.takeString(place, text);
        assertThat(before.value("mapped")).isZero();
        assertThat(before.value("cached")).isEqualTo(place == Place.EVICTED ? 0 : 1);
        truth.giveString(place, text);
        truth.words(place, text);

        isTextOrUnreadable(only(recording.function("take_string").list().get(0), "arg1"), text);
        isTextOrUnreadable(only(recording.functionReturn("give_string").list().get(0), "return"), text);
        isTextOrUnreadable(only(recording.mark("words").list().get(0), "arg1"), text);
        assertThat(recording.firings().count()).isEqualTo(3);
        assertThat(recording.loss().isNone()).isTrue();
    }

    private static Object only(Firing firing, String key) {
        return firing.captures().get(key);
    }

    private static void isTextOrUnreadable(Object seen, String text) {
        if (EngineUnderTest.readsWhatIsNotInMemory()) {
            assertThat(seen).isEqualTo(text);
        } else {
            assertThat(seen).isIn(text, UNREADABLE);
        }
    }

    @Test
    void conditions_on_them_are_right_or_inconclusive() {
        Outcomes outcomes = Subjects.run(Conditions.class);

        isMetOrInconclusive(outcomes, "thatText");
        isMetOrInconclusive(outcomes, "noOther");
        outcomes.passed("theCount");
        // three were passed: no number of those that cannot be read makes four
        outcomes.failure("moreThanThereWere").doesNotContain("doubts:");
    }

    private static void isMetOrInconclusive(Outcomes outcomes, String test) {
        if (EngineUnderTest.readsWhatIsNotInMemory() || outcomes.of(test).status() == Outcomes.Status.PASSED) {
            outcomes.passed(test);
        } else {
            outcomes.failure(test).contains("doubts:");
        }
    }

    static class Conditions {
        @Probed
        static final TruthContainer container = TextsThatAreNotInMemoryTest.container;

        private final Truth truth = container.truth();

        @Test
        @ExpectFunction(value = "take_string", times = 1, where = "arg1:string == evicted")
        void thatText() {
            truth.takeString(Place.EVICTED, "evicted");
        }

        @Test
        @ExpectMark(value = "truth:words", times = 0, where = "arg1:string == evicted")
        void noOther() {
            truth.words(Place.COLD, "cold");
        }

        @Test
        @ExpectFunction(value = "take_string", times = 1)
        @ProbeFunction(value = "take_string", capture = "arg1:string")
        void theCount() {
            truth.takeString(Place.EVICTED, "evicted");
        }

        @Test
        @ExpectFunction(value = "take_string", atLeast = 4, where = "arg1:string == evicted")
        void moreThanThereWere() {
            truth.takeString(Place.EVICTED, "evicted");
            truth.takeString(Place.EVICTED, "evicted");
            truth.takeString(Place.HEAP, "evicted");
        }
    }
}
