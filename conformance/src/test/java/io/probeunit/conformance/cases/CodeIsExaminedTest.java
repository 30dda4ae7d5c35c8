package io.probeunit.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A place is looked at before it is probed: loops to the first instruction, stack checks of Go, instructions that take no probe, notes of marks that are gone. */
@Testcontainers
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeIsExaminedTest {

    private static final String LOOP = "jumps to its own first instruction";

    @Container
    @Probed(binary = "/opt/t/loop")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Loops.class, Go.class, FirstInstructions.class, Discarded.class);
        }
        return outcomes;
    }

    @Test
    void one_call_that_loops_is_in_doubt_where_it_matters() {
        outcomes().failure("onceByLoop").contains("last jumps to its own first instruction", "1 to 5");
        outcomes().failure("onceByLoopOnReturn").contains("last " + LOOP);
        outcomes().failure("gcc").contains("leftmost " + LOOP);
        outcomes().failure("clang").contains("leftmost " + LOOP);
    }

    @Test
    void a_loop_makes_no_verdict_uncertain_that_it_cannot_change() {
        outcomes().passed("atLeastOnceByLoop", "neverByLoop", "oneHitByLoop");
        outcomes().failure("tooOftenByLoop").contains("times = 0").doesNotContain("inconclusive");
    }

    @Test
    void other_loops_and_recursion_are_exact() {
        outcomes().passed("endbr", "exactInLoops", "recursion");
    }

    @Test
    void functions_of_go_count_once_where_their_stack_grows() {
        outcomes().passed("goStack", "goGrow");
    }

    @Test
    void first_instructions_that_take_no_probe_are_refused_by_name() {
        outcomes().failure("lockFirst").contains("up cannot be probed", "LOCK prefix", "Probe its caller");
        outcomes().failure("spinLock").contains("pthread_spin_lock cannot be probed", "LOCK prefix");
        outcomes().failure("avxFirst").contains("up_avx cannot be probed", "AVX");
        outcomes().failure("segmentFirst").contains("up_segment cannot be probed", "segment prefix");
        outcomes().failure("notrackFirst").contains("up_notrack cannot be probed", "segment prefix");
    }

    @Test
    void globs_leave_them_out_and_say_so() {
        outcomes().passed("globOfFirsts");
        outcomes()
                .entry("globOfFirsts", "probeunit.notes")
                .contains("takes no probe are left out", "up_locked", "up_avx", "up_segment", "up_notrack");
    }

    @Test
    void unusual_ones_that_take_a_probe_count() {
        outcomes().passed("otherFirsts");
    }

    @Test
    void marks_of_discarded_functions_are_none() {
        outcomes().passed("liveMarkLld", "liveMarkMold", "liveMarkWithoutNops");
        outcomes().failure("deadMarkLld").contains("p:dead is not in the file", "discards unused functions");
        outcomes().failure("deadMarkMold").contains("p:dead is not in the file", "discards unused functions");
        outcomes().failure("deadMarkWithoutNops").contains("p:dead is not in the file", "there is no nop");
    }

    static class Loops {
        @Probed(binary = "/opt/t/loop")
        static final ProgramsContainer container = CodeIsExaminedTest.container;

        private static void five() {
            assertThat(container.lines("/opt/t/loop", "5", "1", "0").get(0))
                    .startsWith("last called 1 times on a list of 5");
        }

        @Test
        @ExpectFunction(value = "last", times = 1)
        void onceByLoop() {
            five();
        }

        @Test
        @ExpectFunction(value = "last", onReturn = true, times = 1)
        void onceByLoopOnReturn() {
            five();
        }

        @Test
        @ExpectFunction("last")
        void atLeastOnceByLoop() {
            five();
        }

        @Test
        @ExpectFunction(value = "last", times = 0)
        void neverByLoop() {
            assertThat(container.lines("/opt/t/loop", "5", "0", "0").get(0)).startsWith("last called 0 times");
        }

        @Test
        @ExpectFunction(value = "last", times = 0)
        void tooOftenByLoop() {
            five();
        }

        @Test
        @ExpectFunction(value = "last", times = 1)
        void oneHitByLoop() {
            assertThat(container.lines("/opt/t/loop", "1", "1", "0").get(0))
                    .startsWith("last called 1 times on a list of 1");
        }

        private static void walk(String program) {
            assertThat(container.lines(program, "4", "3").get(0))
                    .startsWith("leftmost, gcd, bits called 3 times each; height called 5 times: 4");
        }

        @Test
        @ExpectFunction(value = "leftmost", binary = "/opt/t/loops-gcc", times = 3)
        void gcc() {
            walk("/opt/t/loops-gcc");
        }

        @Test
        @ExpectFunction(value = "leftmost", binary = "/opt/t/loops-clang", times = 3)
        void clang() {
            walk("/opt/t/loops-clang");
        }

        @Test
        @ExpectFunction(value = "leftmost", binary = "/opt/t/loops-endbr", times = 3)
        void endbr() {
            walk("/opt/t/loops-endbr");
        }

        @Test
        @ExpectFunction(value = "gcd", binary = "/opt/t/loops-gcc", times = 3)
        @ExpectFunction(value = "bits", binary = "/opt/t/loops-gcc", times = 3)
        void exactInLoops() {
            walk("/opt/t/loops-gcc");
        }

        @Test
        @ExpectFunction(value = "height", binary = "/opt/t/loops-gcc", times = 5)
        void recursion() {
            walk("/opt/t/loops-gcc");
        }
    }

    static class Go {
        @Probed(binary = "/opt/t/go-stack")
        static final ProgramsContainer container = CodeIsExaminedTest.container;

        @Test
        @ExpectFunction(value = "main.work", times = 5)
        void goStack() {
            assertThat(container.lines("/opt/t/go-stack", "5"))
                    .anyMatch(line -> line.startsWith("work called 5 times"));
        }

        @Test
        @ExpectFunction(value = "main.deep", binary = "/opt/t/go-grow", times = 3003)
        @ExpectFunction(value = "main.step", binary = "/opt/t/go-grow", times = 3)
        @ExpectFunction(value = "main.look", binary = "/opt/t/go-grow", times = 3)
        void goGrow() {
            assertThat(container.lines("/opt/t/go-grow", "1000", "3").get(0))
                    .startsWith("deep called 3003 times; step called 3 times");
        }
    }

    static class FirstInstructions {
        @Probed(binary = "/opt/t/firsts")
        static final ProgramsContainer container = CodeIsExaminedTest.container;

        private static void threeTimes() {
            assertThat(container.lines("/opt/t/firsts", "3"))
                    .containsExactly("9 functions up_* called 3 times each: 27");
        }

        @Test
        @ExpectFunction(value = "up", binary = "/opt/t/lockfirst", times = 0)
        void lockFirst() {
            assertThat(container.lines("/opt/t/lockfirst")).containsExactly("up called 5 times: 5");
        }

        @Test
        @ExpectFunction(value = "pthread_spin_lock", binary = "libc.so.6", times = 0)
        void spinLock() {
            threeTimes();
        }

        @Test
        @ExpectFunction(value = "up_avx", times = 0)
        void avxFirst() {
            threeTimes();
        }

        @Test
        @ExpectFunction(value = "up_segment", times = 0)
        void segmentFirst() {
            threeTimes();
        }

        @Test
        @ExpectFunction(value = "up_notrack", times = 0)
        void notrackFirst() {
            threeTimes();
        }

        @Test
        @ExpectFunction(value = "up_*", times = 15)
        void globOfFirsts() {
            threeTimes();
        }

        @Test
        @ExpectFunction(value = "up_plain", times = 3)
        @ExpectFunction(value = "up_canary", times = 3)
        @ExpectFunction(value = "up_bits", times = 3)
        @ExpectFunction(value = "up_rep", times = 3)
        @ExpectFunction(value = "up_upper", times = 3)
        void otherFirsts() {
            threeTimes();
        }
    }

    static class Discarded {
        @Probed(binary = "/opt/t/gdead")
        static final ProgramsContainer container = CodeIsExaminedTest.container;

        private static void both(String program) {
            assertThat(container.lines(program).get(0)).startsWith("both 4 times, dead never");
        }

        @Test
        @ExpectMark(value = "p:both", times = 4)
        void liveMarkLld() {
            both("/opt/t/gdead");
        }

        @Test
        @ExpectMark(value = "p:dead", times = 0)
        void deadMarkLld() {
            both("/opt/t/gdead");
        }

        @Test
        @ExpectMark(value = "p:both", binary = "/opt/t/gdead-mold", capture = "arg1", times = 4)
        void liveMarkMold() {
            both("/opt/t/gdead-mold");
        }

        @Test
        @ExpectMark(value = "p:dead", binary = "/opt/t/gdead-mold", times = 0)
        void deadMarkMold() {
            both("/opt/t/gdead-mold");
        }

        @Test
        @ExpectMark(value = "p:both", binary = "/opt/t/gdead2", times = 4)
        void liveMarkWithoutNops() {
            both("/opt/t/gdead2");
        }

        @Test
        @ExpectMark(value = "p:dead", binary = "/opt/t/gdead2", times = 0)
        void deadMarkWithoutNops() {
            both("/opt/t/gdead2");
        }
    }
}
