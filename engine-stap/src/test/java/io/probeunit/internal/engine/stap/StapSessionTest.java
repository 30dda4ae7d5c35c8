package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.HostProcess.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a session speaks with its script, which here is the test. */
@Timeout(20)
class StapSessionTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String FIFOS = "/var/tmp/systemtap-root/pu_1_aa";
    private static final String TASK = " 1 1 0 0 0";

    private SessionRequest request = Points.request(Points.function("f"), Points.function("g"));
    private final SessionFolder folder = new SessionFolder("/run/probeunit/stap", "pu_1_aa");
    private final FakeHost host = new FakeHost();
    private final FakeFiles files = host.files().folder(folder.path());
    private final List<Details> sink = new CopyOnWriteArrayList<>();
    private final FakeStapbpf script = new FakeStapbpf("a word of warning\n");
    private StapbpfProcess process;

    @AfterEach
    void end() {
        script.end(0);
    }

    @Test
    void an_answer_that_overtakes_its_lines_waits_for_them() throws Exception {
        StapSession session = session();
        answer("counts", number -> {
            script.print("C0 2 1 0 0");
            script.print("B 99 " + number);
        });

        CompletableFuture<Barrier> barrier = CompletableFuture.supplyAsync(session::barrier);
        script.print("E0" + TASK);
        Thread.sleep(50);
        assertThat(barrier).isNotDone();
        script.print("E0" + TASK);

        assertThat(barrier)
                .succeedsWithin(LONG)
                .isEqualTo(new Barrier(99, List.of(new Barrier.Count(3, 2), new Barrier.Count(0, 0))));
        assertThat(sink).hasSize(2);
    }

    @Test
    void each_question_has_its_own_answer() {
        StapSession session = session();
        answer("counts", message -> script.print("B %d %s".formatted(message.length(), message)));

        assertThat(session.openWindow(Set.of(0)).nanos()).isEqualTo(19);
        assertThat(session.barrier().nanos()).isEqualTo(8);
        assertThat(session.openWindow(Set.of(0)).nanos()).isEqualTo(19);
    }

    @Test
    void a_window_tells_the_script_what_it_wants() {
        StapSession session = session();
        List<String> messages = new CopyOnWriteArrayList<>();
        answer("counts", message -> {
            messages.add(message);
            script.print("B 1 " + message);
        });

        session.openWindow(Set.of(1));
        session.openWindow(Set.of());

        assertThat(messages).containsExactly("00000001J@B@@@@@@@@", "00000002J@@@@@@@@@@");
    }

    @Test
    void what_does_not_fit_into_one_message_is_told_in_several() {
        request = Points.request(
                IntStream.range(0, 370).mapToObj(i -> Points.function("f" + i)).toArray(ProbePoint[]::new));
        StapSession session = session();
        List<String> messages = new CopyOnWriteArrayList<>();
        answer("counts", message -> {
            messages.add(message);
            script.print("B %d %s".formatted(messages.size(), message));
        });

        Barrier opened = session.openWindow(Set.of(0, 184, 369));

        assertThat(opened.nanos()).isEqualTo(3);
        assertThat(messages)
                .containsExactly("00000001JAA" + "@".repeat(53), "00000002JBB@@@@@@@@", "00000003J@A" + "@".repeat(53))
                .allSatisfy(message -> assertThat(message).hasSizeLessThanOrEqualTo(64));
    }

    @Test
    void credit_is_back_before_a_barrier_is() {
        StapSession session = session();
        List<String> granted = new CopyOnWriteArrayList<>();
        answer(
                "credit",
                plus -> CompletableFuture.runAsync(() -> {
                    granted.add(plus);
                    script.print("K");
                }));
        int lines = 3 * BpfScript.creditStep(request.points());
        answer("counts", number -> {
            script.print("C0 %d 0 0 0".formatted(lines));
            script.print("B 1 " + number);
        });
        for (int i = 0; i < lines; i++) {
            script.print("E0" + TASK);
        }

        session.barrier();

        assertThat(granted.stream().mapToInt(message -> message.charAt(3) - '@').sum())
                .isEqualTo(lines);
    }

    @Test
    void a_test_that_leaves_its_thread_interrupted_is_judged_all_the_same() {
        StapSession session = session();
        answer("counts", number -> CompletableFuture.runAsync(() -> script.print("B 1 " + number)));

        Thread.currentThread().interrupt();
        Barrier barrier = session.barrier();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(barrier.nanos()).isEqualTo(1);
    }

    @Test
    void an_end_releases_who_waits_and_is_told_with_the_tools_own_words() {
        StapSession session = session();
        answer("counts", number -> script.end(139));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(session::barrier)
                .withMessage(
                        "The session with SystemTap is lost: it ended. stapbpf ended with status 139; it printed: a word of warning");
        assertThat(session.isAlive()).isFalse();
    }

    @Test
    void after_a_fault_nothing_is_asked_again() {
        StapSession session = session();
        List<String> questions = new CopyOnWriteArrayList<>();
        answer("counts", number -> {
            questions.add(number);
            throw new io.probeunit.internal.host.HostException("Nobody opened the FIFO.");
        });

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(session::barrier)
                .withMessageStartingWith("The session with SystemTap is lost: Nobody opened the FIFO. stapbpf runs");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(session::barrier)
                .withMessageStartingWith("The session with SystemTap is lost: it did not answer before.");

        assertThat(questions).hasSize(1);
        assertThat(session.isAlive()).isFalse();
    }

    @Test
    void closing_stops_in_order_and_cleans_up() throws InterruptedException {
        StapSession session = session();
        assertThat(session.isAlive()).isTrue();

        session.close();
        session.close();

        assertThat(session.awaitClosed(LONG)).isTrue();
        assertThat(session.isAlive()).isFalse();
        assertThat(script.signals()).containsExactly(Signal.TERM);
        assertThat(files.exists(folder.path())).isFalse();
        assertThat(files.exists(FIFOS)).isFalse();
        assertThatExceptionOfType(EngineException.class).isThrownBy(session::barrier);
    }

    @Test
    void closing_releases_who_waits_for_an_answer() throws Exception {
        script.deafTo(Signal.TERM);
        StapSession session = session();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        answer("counts", number -> asked.complete(null));
        CompletableFuture<Barrier> barrier = CompletableFuture.supplyAsync(session::barrier);
        asked.get();

        session.close();

        assertThat(barrier)
                .failsWithin(Duration.ofMillis(900))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("it ended");
    }

    @Test
    void a_signal_that_was_missed_is_followed_by_one_of_another_kind() throws InterruptedException {
        script.deafTo(Signal.TERM);
        StapSession session = session();

        session.close();

        assertThat(session.awaitClosed(LONG)).isTrue();
        assertThat(script.signals()).containsExactly(Signal.TERM, Signal.INT);
    }

    @Test
    void a_record_that_is_not_understood_ends_the_session_and_the_process() throws InterruptedException {
        StapSession session = session();

        script.print("E0 what is this?");

        assertThat(session.awaitClosed(LONG)).isTrue();
        assertThat(script.signals()).containsExactly(Signal.TERM);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(session::barrier)
                .withMessageContaining("reading its output failed");
    }

    @Test
    void a_stop_before_anybody_listens_does_not_wait_for_ever() throws InterruptedException {
        start();
        script.print("E0" + TASK);
        Thread.sleep(50);

        process.stop();

        assertThat(process.awaitCleaned(LONG)).isTrue();
        assertThat(files.exists(folder.path())).isFalse();
    }

    @Test
    void a_process_that_ended_before_anybody_listened_is_known_to_have_ended() throws InterruptedException {
        start();
        script.end(1);
        assertThat(process.awaitCleaned(LONG)).isTrue();

        StapSession late = new StapSession(host, request, layout(), Points.NONCE, sink::add, process, FIFOS);

        assertThat(late.isAlive()).isFalse();
        assertThatExceptionOfType(EngineException.class).isThrownBy(late::barrier);
    }

    @Test
    void a_program_that_cannot_be_started_is_told() throws InterruptedException {
        StapbpfProcess none = new StapbpfProcess(new FakeHost(), new FakeHost(), folder, Points.NONCE, 1);

        none.start(Map.of());

        assertThat(none.awaitBegun(LONG)).isFalse();
        assertThat(none.awaitCleaned(LONG)).isTrue();
        assertThat(none.story()).contains("Could not start");
    }

    @Test
    void a_script_whose_variables_have_other_places_is_ended_and_told() throws InterruptedException {
        host.program("sh", script);
        process = new StapbpfProcess(host, new FakeHost(), folder, Points.NONCE, 1);
        script.print("MIXED");

        process.start(Map.of());

        assertThat(process.awaitBegun(LONG)).isFalse();
        assertThat(process.awaitCleaned(LONG)).isTrue();
        assertThat(process.story()).contains("lays variables out in another way");
    }

    private StapSession session() {
        start();
        StapSession session = new StapSession(host, request, layout(), Points.NONCE, sink::add, process, FIFOS);
        answer("credit", plus -> script.print("K"));
        return session;
    }

    private MapLayout layout() {
        return new MapLayout(Judging.none(request.points().size()), 2);
    }

    private void start() {
        host.program("sh", script);
        files.file(FIFOS + "/counts", "");
        process = new StapbpfProcess(host, new FakeHost(), folder, Points.NONCE, 1);
        script.print("BEGIN");
        process.start(Map.of());
        try {
            assertThat(process.awaitBegun(LONG)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String fifo, Consumer<String> script) {
        files.control(FIFOS + "/" + fifo, script);
    }
}
