package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** How long calls take: the program says it itself, inside of the call and around it. */
@Tag("attach")
@Testcontainers
@Timeout(120)
class TookTest {

    private static final String TOOK = "/opt/t/took";

    @Container
    static final ProgramsContainer container = new ProgramsContainer("cases");

    @Test
    @OnlyEngine("uprobe")
    void a_time_lies_between_those_inside_and_around_the_call() {
        Subjects.run(Times.class).assertSucceeded(3);
    }

    @Test
    @OnlyEngine("uprobe")
    void a_limit_is_judged_by_all_calls() {
        Outcomes outcomes = Subjects.run(Limits.class);

        outcomes.passed("allInTime", "allLongEnough", "oneOfAHundredMayBeLate", "noneButAllowed");
        outcomes.failure("oneIsLate")
                .contains(
                        "expected:  at least 1 time, and each took < 400 ms",
                        "seen:      3 times; 1 call did not satisfy took < 400 ms; longest seen: ")
                .containsPattern(
                        "firings: +\\S+ ms +container +\\d+/\\d+ +took +work\\.return +took=5\\d\\d(\\.\\d+)? ms")
                .containsPattern("stack: +of the firing at \\S+ ms\n +#0 +main +/opt/t/took\\+")
                .doesNotContain("inconclusive");
        outcomes.failure("oneIsShort")
                .contains("1 call did not satisfy took >= 5 ms")
                .containsOnlyOnce("stack: ");
        outcomes.failure("twoOfAHundredAreLate")
                .contains(
                        "expected:  at least 100 times, and 99 % of them took < 400 ms",
                        "seen:      100 times; 2 calls did not satisfy took < 400 ms");
    }

    @Test
    @Tag("once")
    void a_sidecar_times_as_well() {
        Subjects.run(FromASidecar.class).assertSucceeded(3);
    }

    /** Of 20,000 calls, far fewer have details; the late one has them, and its stack. */
    @Test
    @OnlyEngine("uprobe")
    void a_limit_is_exact_without_details() {
        Outcomes outcomes = Subjects.run(Many.class);

        outcomes.failure("oneOfManyIsLate")
                .contains("seen:      20000 times; 1 call did not satisfy took < 400 ms; longest seen: 5")
                .containsPattern("firings: +\\S+ ms +container +\\d+/\\d+ +took +work\\.return +took=5\\d\\d")
                .containsPattern("stack: +of the firing at \\S+ ms\n +#0 +main +/opt/t/took\\+")
                .doesNotContain("inconclusive");
        outcomes.passed("oneOfManyMayBeLate");
    }

    @Test
    @OnlyEngine("uprobe")
    void a_call_that_has_not_returned_is_no_call_in_time() {
        Outcomes outcomes = Subjects.run(NotReturned.class);

        outcomes.failure("isLateAlready")
                .contains("1 call still running, 1 late")
                .doesNotContain("inconclusive");
        outcomes.failure("mayBecomeLate").contains("inconclusive", "doubts:    1 call had begun and not returned");
        outcomes.passed("isLongEnoughAlready");
        outcomes.failure("leftByLongjmp")
                .contains("inconclusive", "seen:      1 time", "doubts:    1 call had begun and not returned");
    }

    @Test
    @OnlyEngine({"stap", "perf"})
    void an_engine_that_times_no_calls_says_so() {
        Subjects.run(Refused.class)
                .failure("isRefused")
                .contains("it does not time calls (PU1079), which took needs; the built-in engine (uprobe) does");
    }

    @Test
    @Tag("once")
    void the_engine_is_chosen_that_times_calls() {
        Subjects.run(Chosen.class).assertSucceeded(1);
    }

    static class Times extends Base {

        @Test
        @ProbeFunction(
                value = "work",
                onReturn = true,
                capture = {"took", "return:s64"})
        void eachCall(Recording recording) {
            List<long[]> written = run("work", "0", "1000", "20000", "0", "5000");

            List<Firing> firings = recording.function("work").list();
            assertThat(firings).hasSameSizeAs(written);
            for (int i = 0; i < written.size(); i++) {
                assertThat(took(firings.get(i))).isBetween(written.get(i)[0], written.get(i)[1]);
                assertThat(firings.get(i).captures()).containsEntry("return", written.get(i)[0]);
            }
        }

        /** The innermost call returns first. */
        @Test
        @ProbeFunction(value = "nest", onReturn = true, capture = "took")
        void recursiveCalls(Recording recording) {
            List<long[]> written = run("nest", "30");

            List<Firing> firings = recording.function("nest").list();
            assertThat(firings).hasSize(30);
            for (int i = 0; i < 30; i++) {
                assertThat(took(firings.get(i))).isGreaterThanOrEqualTo(written.get(i)[0]);
                if (i > 0) {
                    assertThat(took(firings.get(i - 1))).isLessThan(took(firings.get(i)));
                }
            }
        }

        @Test
        @ExpectFunction(value = "work", onReturn = true, where = "took >= 400ms", times = 2)
        @ExpectFunction(value = "work", onReturn = true, where = "took < 400000000", times = 3)
        void asACondition(Recording recording) {
            run("work", "0", "500000", "1000", "1100000", "0");

            assertThat(recording.function("work").where("took > 1 s").count()).isEqualTo(1);
        }
    }

    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE, host = ProbeSettings.Host.SIDECAR)
    static class FromASidecar extends Times {}

    static class Limits extends Base {

        @Test
        @ExpectFunction(value = "work", took = "< 30s")
        void allInTime() {
            run("work", "0", "1000", "5000");
        }

        @Test
        @ExpectFunction(value = "work", took = "< 400ms")
        void oneIsLate() {
            run("work", "1000", "500000", "1000");
        }

        @Test
        @ExpectFunction(value = "work", took = ">= 5ms", times = 2)
        void allLongEnough() {
            run("work", "5000", "6000");
        }

        @Test
        @ExpectFunction(value = "work", took = ">= 5ms")
        void oneIsShort() {
            run("work", "5000", "0");
        }

        @Test
        @ExpectFunction(value = "work", took = "p99 < 400ms", atLeast = 100)
        void oneOfAHundredMayBeLate() {
            run(hundred("500000", "0"));
        }

        @Test
        @ExpectFunction(value = "work", took = "p99 < 400ms", atLeast = 100)
        void twoOfAHundredAreLate() {
            run(hundred("500000", "500000"));
        }

        @Test
        @ExpectFunction(value = "work", took = "< 400ms", atMost = 3)
        void noneButAllowed() {}

        private static String[] hundred(String one, String another) {
            return Stream.concat(
                            Stream.of("work", one, another),
                            Stream.generate(() -> "0").limit(98))
                    .toArray(String[]::new);
        }
    }

    static class Many extends Base {

        @Test
        @ExpectFunction(value = "work", took = "< 400ms", times = 20_000)
        void oneOfManyIsLate() {
            run("many", "20000", "500000");
        }

        @Test
        @ExpectFunction(value = "work", took = "p99.9 < 400ms", times = 20_000)
        void oneOfManyMayBeLate() {
            run("many", "20000", "500000");
        }
    }

    static class NotReturned extends Base {

        @Test
        @ExpectFunction(value = "work", took = "< 1ms", atMost = 5)
        void isLateAlready() {
            hold("3000");
        }

        @Test
        @ExpectFunction(value = "work", took = "< 1000s", atMost = 5)
        void mayBecomeLate() {
            hold("0");
        }

        @Test
        @ExpectFunction(value = "work", took = "> 1ms", atMost = 5)
        void isLongEnoughAlready() {
            hold("3000");
        }

        @Test
        @ExpectFunction(value = "leave", took = "< 1000s")
        void leftByLongjmp() {
            run("leave");
        }

        private static void hold(String micros) {
            try (ServingProgram program = container.start(TOOK, "hold")) {
                program.ask(micros);
            }
        }
    }

    static class Refused extends Base {

        @Test
        @ExpectFunction(value = "work", took = "< 1s")
        void isRefused() {
            run("work", "0");
        }
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    static class Chosen extends Base {

        @Test
        @ExpectFunction(value = "work", took = "< 30s", times = 1)
        void byAuto(Recording recording) {
            run("work", "0");

            assertThat(recording.engine()).isEqualTo("uprobe");
        }
    }

    abstract static class Base {

        @Probed(binary = TOOK)
        static final ProgramsContainer container = TookTest.container;

        static List<long[]> run(String... arguments) {
            List<String> command = new ArrayList<>(List.of(TOOK));
            command.addAll(List.of(arguments));
            return container.lines(command.toArray(String[]::new)).stream()
                    .map(line -> Stream.of(line.split(" "))
                            .mapToLong(Long::parseLong)
                            .toArray())
                    .toList();
        }

        static long took(Firing firing) {
            return (Long) firing.captures().get("took");
        }
    }
}
