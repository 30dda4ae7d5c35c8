package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.internal.sessions.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TurnsTest {

    @Test
    void whoever_waits_too_long_is_told_for_whom() {
        Turns turns = new Turns(Duration.ofMillis(50));
        turns.take(List.of("b"), "first");

        assertThat(elsewhere(() -> turns.take(List.of("a", "b"), "second")))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("second waited")
                .hasMessageContaining("which first still watches");
    }

    @Test
    void what_was_taken_is_given_back_if_the_rest_cannot_be_had() {
        Turns turns = new Turns(Duration.ofMillis(50));
        Turns.Turn first = turns.take(List.of("b"), "first");
        assertThat(elsewhere(() -> turns.take(List.of("a", "b"), "second"))).isInstanceOf(ProbeException.class);

        turns.take(List.of("a"), "third");
        first.close();
        first.close();
        turns.take(List.of("b"), "fourth");
        assertThat(elsewhere(() -> turns.take(List.of("b"), "fifth"))).isInstanceOf(ProbeException.class);
    }

    @Test
    void containers_are_taken_in_the_order_of_their_ids_whatever_the_order_of_the_targets() {
        Turns turns = new Turns(Duration.ofMillis(50));
        turns.take(List.of("a"), "holder of a");
        turns.take(List.of("b"), "holder of b");

        assertThat(elsewhere(() -> turns.take(List.of("b", "a"), "third"))).hasMessageContaining("holder of a");
    }

    @Test
    void another_thread_may_give_a_turn_back() throws InterruptedException {
        Turns turns = new Turns(Duration.ofMillis(50));
        Thread other = new Thread(turns.take(List.of("a"), "first")::close);
        other.start();
        other.join();

        turns.take(List.of("a"), "second");
    }

    @Test
    void one_container_named_twice_is_taken_once() {
        new Turns(Duration.ofMillis(50)).take(List.of("a", "a"), "first");
    }

    @Test
    void an_interrupted_wait_ends_and_the_thread_stays_interrupted() {
        Turns turns = new Turns(Duration.ofSeconds(20));
        turns.take(List.of("a"), "first");
        AtomicBoolean interrupted = new AtomicBoolean();

        Throwable end = elsewhere(() -> {
            Thread.currentThread().interrupt();
            try {
                turns.take(List.of("a"), "second");
            } finally {
                interrupted.set(Thread.interrupted());
            }
        });

        assertThat(end).hasMessageContaining("was interrupted");
        assertThat(interrupted).isTrue();
    }

    @Test
    @Timeout(60)
    void who_would_wait_for_itself_is_told_so_at_once() {
        Turns turns = new Turns(Duration.ofMinutes(10));
        turns.take(List.of("a"), "the factory");

        assertThatThrownBy(() -> turns.take(List.of("a"), "another"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("JUnit runs another in the middle of the factory, on the same thread")
                .hasMessageContaining("SAME_THREAD");
    }

    /** All workers of a pool wait for a turn, and the test whose turn it is needs one more. */
    @Test
    @Timeout(60)
    void who_waits_for_a_turn_does_not_keep_the_pool_busy() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(2);
        try {
            Turns turns = new Turns(Duration.ofMinutes(10));
            Turns.Turn first = turns.take(List.of("a"), "first");
            List<ForkJoinTask<?>> waiting = Stream.of("second", "third")
                    .<ForkJoinTask<?>>map(test ->
                            pool.submit(() -> turns.take(List.of("a"), test).close()))
                    .toList();
            Awaitility.await().until(() -> pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount() == 0);

            pool.submit(first::close).get();

            for (ForkJoinTask<?> task : waiting) {
                task.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Throwable elsewhere(ThrowingCallable action) {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(() -> end.set(catchThrowable(action)));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return end.get();
    }

    /** Two fields, so JUnit's locks let them run together; two containers, in different order. */
    @Test
    @Timeout(60)
    void tests_of_several_classes_take_turns_at_a_shared_container() {
        Run run = new FakeMachine()
                .run(
                        Map.of(
                                "junit.jupiter.execution.parallel.enabled", "true",
                                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                        One.class,
                        Two.class);

        assertThat(run.tests().values()).hasSizeGreaterThan(1);
        assertThat(run.entries()).hasSize(80);
        run.assertSucceeded(80);
    }

    static final FakeContainer SHARED = new FakeContainer();
    static final FakeContainer ALSO_SHARED = new FakeContainer();

    @Fake
    static class One {
        @Probed
        static final FakeContainer shop = SHARED;

        @Probed
        static final FakeContainer db = ALSO_SHARED;

        @RepeatedTest(40)
        @ExpectFunction(value = "f", times = 1, container = "shop")
        @ExpectFunction(value = "f", times = 1, container = "db")
        void test() {
            shop.call("f");
            Thread.yield();
            db.call("f");
        }
    }

    @Fake
    static class Two {
        @Probed
        static final FakeContainer db = ALSO_SHARED;

        @Probed
        static final FakeContainer shop = SHARED;

        @RepeatedTest(40)
        @ExpectFunction(value = "f", times = 2, container = "db")
        @ExpectFunction(value = "f", times = 0, container = "shop")
        void test() {
            db.call("f");
            Thread.yield();
            db.call("f");
        }
    }

    @Test
    void a_turn_is_given_back_where_opening_failed() {
        FakeMachine machine = new FakeMachine();
        machine.turnTimeout = Duration.ofMillis(200);
        machine.stap.failsToArm = points -> true;

        Run run = machine.run(One.class);

        assertThat(run.failed()).isEqualTo(40);
        assertThat(Optional.of(run.end("repetition 40 of 40").orElseThrow()))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("arming failed"));
    }
}
