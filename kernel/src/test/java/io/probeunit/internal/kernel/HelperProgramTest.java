package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.RawHelper.Call.at;
import static io.probeunit.internal.kernel.RawHelper.Call.resultOf;
import static io.probeunit.internal.kernel.RawHelper.calls;
import static io.probeunit.internal.kernel.RawHelper.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.internal.kernel.RawHelper.Call;
import io.probeunit.internal.kernel.RawHelper.Told;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The helper as it is in the jar, as a process, and callers that are in order, at fault, slow or gone. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class HelperProgramTest {

    private static final int EINVAL = 22;
    private static final long EFAULT = -14;
    private static final long ENOENT = -2;
    private static final int THREADS = RawHelper.OWN;
    private static final int MAP = RawHelper.OWN + 1;
    private static final int UNMAP = RawHelper.OWN + 2;
    private static final int PEEK = RawHelper.OWN + 3;
    private static final int POKE = RawHelper.OWN + 4;
    private static final int DRAIN = RawHelper.OWN + 5;
    private static final Call PID = Call.of("getpid");

    // ---- frames that are none, or in no order ----

    @Test
    void ends_where_what_comes_is_no_frame() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.sendRaw(frame(0x12345678, 100, 1, 0, new byte[100]));

            assertThat(helper.status()).isEqualTo(2);
        }
    }

    @Test
    void ends_where_a_frame_is_longer_than_any() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.sendRaw(frame(0x314b5550, (32 << 20) + 1, 1, 0, new byte[0]));

            assertThat(helper.status()).isEqualTo(2);
        }
    }

    @Test
    void refuses_frames_in_no_order_and_goes_on() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            byte[] body = calls(PID);
            byte[] damaged = frame(7, body);
            damaged[damaged.length - 1] ^= 1;
            helper.sendRaw(damaged);
            assertThat(helper.next()).satisfies(told -> {
                assertThat(told.id()).isEqualTo(7);
                assertThat(told.status()).isEqualTo(EINVAL);
            });
            assertThat(helper.ask(Arrays.copyOf(body, body.length - 1)).status())
                    .isEqualTo(EINVAL);
            assertThat(helper.ask(Arrays.copyOf(body, body.length + 1)).status())
                    .isEqualTo(EINVAL);
            assertThat(helper.ask(new byte[] {9, 0, 0, 0}).status()).isEqualTo(EINVAL);
            assertThat(helper.ask(calls(new byte[0], 10, 8, 3, PID)).status()).isEqualTo(EINVAL);

            assertThat(helper.results(PID)).containsExactly(helper.process.pid());
        }
    }

    @Test
    void writes_over_nothing_where_a_length_is_beyond_the_arena() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            byte[] path = RawHelper.terminated("/dev/zero");
            Told told = helper.ask(calls(
                    path,
                    4096,
                    0,
                    0,
                    Call.of("openat", -100, at(0), 0x80000),
                    Call.of("read", resultOf(0), at(64), 1L << 30),
                    Call.of("read", resultOf(0), at(64), 1L << 30).with(2),
                    Call.of("read", resultOf(0), at(4097), 1),
                    Call.of(PEEK, 0, 0, at(4096), 8)));

            assertThat(told.results().get(1)).isLessThan(1 << 20);
            assertThat(told.results().subList(2, 5)).containsOnly(EFAULT);
            assertThat(helper.results(PID)).containsExactly(helper.process.pid());
        }
    }

    // ---- callers that are slow, or gone ----

    @Test
    void answers_ten_thousand_requests_that_nobody_waits_for() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.ask(calls(PID));
            String before = memory(helper);
            CompletableFuture<Void> sent = sendAll(helper, 10_000, calls(PID));
            for (int i = 0; i < 10_000; i++) assertThat(helper.next().results()).containsExactly(helper.process.pid());
            sent.join();

            assertThat(memory(helper)).isEqualTo(before);
        }
    }

    @Test
    void keeps_answers_until_somebody_reads_them() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            // more than pipes hold: the helper waits in the middle of an answer, and the sender in the middle of a
            // request
            CompletableFuture<Void> sent = sendAll(helper, 3_000, calls(new byte[1000], 1000, 0, 1000, PID));
            await().until(() -> waitsIn("writev", helper));

            for (int i = 1; i <= 3_000; i++) {
                Told told = helper.next();
                assertThat(told.id()).isEqualTo(i);
                assertThat(told.range()).hasSize(1000);
            }
            sent.join();
        }
    }

    @Test
    void ends_where_the_caller_is_gone_in_the_middle_of_a_frame() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            long child = started(helper.ask(RawHelper.start(1, "sleep", "1000")));
            byte[] whole = frame(99, calls(PID, PID));
            helper.sendRaw(Arrays.copyOf(whole, whole.length / 2));
            helper.endInput();

            assertThat(helper.status()).isZero();
            assertThat(RawHelper.runs(child)).isFalse();
        }
    }

    @Test
    void ends_where_the_caller_is_gone_and_all_threads_wait() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            Told start = helper.ask(RawHelper.start(1, "sleep", "1000"));
            helper.send(write(start, 1 << 20));
            await().until(() -> waitsIn("write", helper));
            helper.endInput();

            assertThat(helper.status()).isZero();
            assertThat(RawHelper.runs(started(start))).isFalse();
        }
    }

    @Test
    void answers_what_was_sent_before_the_input_ended() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            sendAll(helper, 100, calls(PID)).join();
            helper.endInput();

            for (int i = 0; i < 100; i++) assertThat(helper.next().results()).containsExactly(helper.process.pid());
            assertThat(helper.status()).isZero();
        }
    }

    @Test
    void answers_what_was_sent_before_the_input_ended_though_it_takes_longer() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            byte[] pause = calls(words(0, 400_000_000), 16, 0, 0, Call.of("nanosleep", at(0), 0));
            sendAll(helper, 5, pause).join();
            helper.endInput();

            for (int i = 0; i < 5; i++) assertThat(helper.next().results()).containsExactly(0L);
            assertThat(helper.status()).isZero();
        }
    }

    /** Who shares a pipe with the helper may make it so. */
    @Test
    void waits_where_pipes_do_not_block() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            int setFlags = 4;
            int nonBlocking = 04000;
            assertThat(helper.results(
                            Call.of("fcntl", 0, setFlags, nonBlocking), Call.of("fcntl", 1, setFlags, nonBlocking)))
                    .containsExactly(0L, 0L);
            CompletableFuture<Void> sent = sendAll(helper, 500, calls(new byte[1000], 1000, 0, 1000, PID));

            for (int i = 0; i < 500; i++) assertThat(helper.next().range()).hasSize(1000);
            sent.join();
        }
    }

    @Test
    void children_end_where_the_helper_is_killed() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            long child = started(helper.ask(RawHelper.start(1, "sleep", "1000")));
            helper.process.destroyForcibly();

            await().until(() -> !RawHelper.runs(child));
        }
    }

    @Test
    void signals_that_mean_others_do_not_end_it() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            for (int signal : new int[] {1, 2, 3, 10, 12, 13, 14, 15, 16, 20, 21, 22, 24, 25, 26, 27, 29, 30, 34, 64})
                assertThat(helper.results(PID, Call.of("kill", resultOf(0), signal)))
                        .as("signal %d", signal)
                        .endsWith(0L);

            assertThat(helper.results(PID)).containsExactly(helper.process.pid());
        }
    }

    // ---- programs ----

    @Test
    void hands_on_all_that_a_child_prints_and_answers_meanwhile() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.send(RawHelper.start(5, "head", "-c", "50000000", "/dev/zero"));
            helper.send(calls(PID));
            long printed = 0;
            int answers = 0;
            Set<Integer> ended = new HashSet<>();
            while (ended.size() < 3 || answers < 2) {
                Told told = helper.next();
                if (told.kind() == RawHelper.ANSWER) answers++;
                else if (told.kind() == RawHelper.OUTPUT) printed += told.body().length;
                else ended.add(told.kind());
            }

            assertThat(printed).isEqualTo(50_000_000);
            assertThat(ended).containsExactlyInAnyOrder(RawHelper.OUTPUT_END, RawHelper.ERRORS_END, RawHelper.EXIT);
        }
    }

    @Test
    void a_child_that_ignores_its_input_keeps_no_other_request_waiting() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.results(Call.of(THREADS, 2));
            Told start = helper.ask(RawHelper.start(1, "sleep", "1000"));
            helper.send(write(start, 1 << 20));

            for (int i = 0; i < 100; i++) assertThat(helper.results(PID)).containsExactly(helper.process.pid());
            assertThat(helper.results(Call.of(RawHelper.OWN + 7, 1, 15))).containsExactly(0L);
        }
    }

    @Test
    void children_end_in_order_when_the_input_does(@TempDir Path folder) throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            Path trace = folder.resolve("trace");
            String script =
                    "trap 'sleep 0.3; echo done >" + trace + "; exit' TERM; echo ready; while :; do sleep 0.05; done";
            helper.send(RawHelper.start(1, "sh", "-c", script));
            while (helper.next().kind() != RawHelper.OUTPUT) Thread.onSpinWait();
            helper.endInput();

            assertThat(helper.status()).isZero();
            assertThat(trace).hasContent("done");
        }
    }

    /** Who starts the helper may ignore the ends of children, and that is inherited. */
    @Test
    void tells_how_a_child_ended_whatever_was_inherited() throws Exception {
        try (RawHelper helper = RawHelper.start(List.of("env", "--ignore-signal=CHLD"))) {
            helper.send(RawHelper.start(1, "sh", "-c", "exit 3"));
            Told told = helper.next();
            while (told.kind() != RawHelper.EXIT) told = helper.next();

            assertThat(told.status()).isEqualTo(3);
        }
    }

    /** Of children that end at once, from several threads: each start is told as it was, and nothing stays. */
    @Test
    void a_thousand_starts_leave_nothing() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.results(Call.of(THREADS, 4));
            startMany(helper, 0, 100);
            await().until(() -> held(helper).get("fd") == 3);
            Map<String, Integer> before = held(helper);
            for (int i = 1; i <= 10; i++) startMany(helper, 100 * i, 100);

            await().untilAsserted(() -> assertThat(held(helper)).isEqualTo(before));
        }
    }

    /** A probe hangs on its descriptor. */
    @Test
    void children_have_no_descriptor_of_the_helper() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            long file = helper.ask(
                            calls(RawHelper.terminated("/dev/null"), 16, 0, 0, Call.of("openat", -100, at(0), 0)))
                    .results()
                    .get(0);
            assertThat(Path.of("/proc/" + helper.process.pid() + "/fd/" + file)).exists();
            helper.send(RawHelper.start(1, "test", "-e", "/proc/self/fd/" + file));
            Told told = helper.next();
            while (told.kind() != RawHelper.EXIT) told = helper.next();

            assertThat(told.status()).isEqualTo(1);
        }
    }

    @Test
    void gives_back_the_memory_of_a_large_request() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            helper.ask(calls(PID));
            String before = memory(helper);
            byte[] large = new byte[10 << 20];

            assertThat(helper.ask(calls(large, large.length, 0, large.length, PID))
                            .range())
                    .isEqualTo(large);
            assertThat(helper.ask(calls(large, 16 << 20, 0, 1, PID)).range()).hasSize(1);
            helper.ask(calls(PID));
            assertThat(memory(helper)).isEqualTo(before);
        }
    }

    private static void startMany(RawHelper helper, int first, int count) throws IOException {
        Map<Integer, Integer> requests = new HashMap<>();
        for (int i = first; i < first + count; i++)
            requests.put(helper.send(RawHelper.start(i, i % 4 == 0 ? "no-such-program" : "true")), i);
        Map<Integer, Integer> ends = new HashMap<>();
        int running = count;
        while (running > 0 || !requests.isEmpty()) {
            Told told = helper.next();
            if (told.kind() != RawHelper.ANSWER) {
                if (ends.merge(told.id(), 1, Integer::sum) == 3) running--;
            } else if (requests.containsKey(told.id())) {
                long result = told.words().getLong(8);
                if (requests.remove(told.id()) % 4 == 0) {
                    assertThat(result).isEqualTo(ENOENT);
                    running--;
                } else {
                    assertThat(result).isPositive();
                    helper.send(calls(Call.of("close", told.words().getInt(4))));
                }
            }
        }
        // answers of closes may still come
        helper.ask(calls(PID));
    }

    // ---- memory that is shared with the kernel; a file in memory is as good as a ring ----

    @Test
    void reads_and_writes_words_of_a_map_and_nothing_beyond_it() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            long file = file(helper, 8192);
            long both = helper.results(Call.of(MAP, file, 8192, 3, 0)).get(0);
            long readable = helper.results(Call.of(MAP, file, 4096, 1, 4096)).get(0);
            byte[] pairs = words(4096, 42, 4104, 43);

            assertThat(helper.ask(calls(pairs, 32, 0, 0, Call.of(POKE, both, at(0), 2)))
                            .results())
                    .containsExactly(2L);
            Told told = helper.ask(calls(new byte[0], 16, 0, 16, Call.of(PEEK, readable, 0, at(0), 16)));
            assertThat(told.range()).isEqualTo(words(42, 43));
            assertThat(helper.ask(calls(
                                    words(8192, 1, 4095, 1, 0, 1),
                                    64,
                                    0,
                                    0,
                                    Call.of(POKE, both, at(0), 1),
                                    Call.of(POKE, both, at(16), 1),
                                    Call.of(POKE, readable, at(32), 1),
                                    Call.of(POKE, both, at(0), 1L << 60),
                                    Call.of(PEEK, both, 8192, at(0), 8),
                                    Call.of(PEEK, both, -8, at(0), 16),
                                    Call.of(PEEK, both, 0, at(0), 128),
                                    Call.of(PEEK, 99, 0, at(0), 8),
                                    Call.of(DRAIN, readable, both, 4096, 4096, at(0), 64),
                                    Call.of(DRAIN, both, readable, 1L << 63, 4096, at(0), 64)))
                            .results())
                    .containsOnly(EFAULT);
            assertThat(helper.results(Call.of(UNMAP, both), Call.of(UNMAP, both)))
                    .containsExactly(0L, -9L);
        }
    }

    @Test
    void takes_the_records_of_a_ring_that_are_complete() throws Exception {
        try (RawHelper helper = RawHelper.start()) {
            long file = file(helper, 4096 + 4096 + 8192);
            long consumer = helper.results(Call.of(MAP, file, 4096, 3, 0)).get(0);
            long producer =
                    helper.results(Call.of(MAP, file, 4096 + 8192, 3, 4096)).get(0);
            int busy = 0x80000000;
            // 8 and 3 bytes, then one that is not complete; all behind the page of the producer's position
            byte[] pairs = words(0, 40, 4096, 8, 4104, 77, 4112, 3, 4120, 88, 4128, busy & 0xffffffffL | 8);
            helper.ask(calls(pairs, pairs.length, 0, 0, Call.of(POKE, producer, at(0), 6)));

            Told told = helper.ask(
                    calls(new byte[0], 4096, 0, 32, Call.of(DRAIN, consumer, producer, 4096, 4096, at(0), 4096)));
            assertThat(told.results()).containsExactly(32L);
            assertThat(told.range()).isEqualTo(words(8, 77, 3, 88));
            Told after = helper.ask(calls(new byte[0], 8, 0, 8, Call.of(PEEK, consumer, 0, at(0), 8)));
            assertThat(after.range()).isEqualTo(words(32));
        }
    }

    private static long file(RawHelper helper, long size) throws IOException {
        return helper.ask(calls(
                        RawHelper.terminated("ring"),
                        8,
                        0,
                        0,
                        Call.of("memfd_create", at(0), 1),
                        Call.of("ftruncate", resultOf(0), size)))
                .results()
                .get(0);
    }

    private static byte[] words(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) bytes.putLong(word);
        return bytes.array();
    }

    private static long started(Told start) {
        long pid = start.words().getLong(8);
        assertThat(pid).isPositive();
        return pid;
    }

    /** A request to write so many bytes to the input of the child. */
    private static byte[] write(Told start, int bytes) {
        return calls(
                new byte[bytes],
                bytes,
                0,
                0,
                Call.of("write", start.words().getInt(4), at(0), bytes).with(2));
    }

    private static CompletableFuture<Void> sendAll(RawHelper helper, int count, byte[] body) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < count; i++) helper.send(body);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Whether its first thread sleeps in this call. */
    private static boolean waitsIn(String call, RawHelper helper) throws IOException {
        String syscall = Files.readString(Path.of("/proc/" + helper.process.pid() + "/syscall"));
        return syscall.startsWith(Call.of(call).number() + " ");
    }

    private static String memory(RawHelper helper) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + helper.process.pid() + "/status"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmSize"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Integer> held(RawHelper helper) throws IOException {
        Map<String, Integer> held = new HashMap<>();
        for (String kind : List.of("fd", "task")) {
            try (Stream<Path> entries = Files.list(Path.of("/proc/" + helper.process.pid() + "/" + kind))) {
                held.put(kind, (int) entries.count());
            }
        }
        held.put("children", (int) helper.process.children().count());
        held.put("memory", Integer.valueOf(memory(helper).replaceAll("\\D", "")));
        return held;
    }
}
