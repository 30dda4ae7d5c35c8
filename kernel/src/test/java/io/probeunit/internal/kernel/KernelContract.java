package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every way to a kernel; here each leads to that of this machine. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class KernelContract {

    private static final int HERE = -100;

    @TempDir
    Path folder;

    /** The way under test. */
    abstract Kernel kernel();

    @Test
    void calls_are_made_in_their_order_and_use_results_of_those_before() throws Exception {
        Files.writeString(folder.resolve("file"), "content");
        Batch batch = new Batch();
        Batch.Place into = batch.room(100);
        Batch.Call open = open(batch, "file");
        Batch.Call read = batch.must(SystemCall.READ, open, into, value(100));
        Batch.Call close = batch.call(SystemCall.CLOSE, open);
        Batch.Wanted some = batch.want(into, 100, read);
        Batch.Wanted all = batch.want(into.plus(3), 6);

        Answer answer = kernel().call(batch);

        assertThat(answer.get(read)).isEqualTo(7);
        assertThat(answer.get(close)).isZero();
        assertThat(answer.text(some)).isEqualTo("content");
        assertThat(answer.bytes(all)).isEqualTo("tent\0\0".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void what_needs_a_call_that_failed_is_not_made_and_the_first_reason_is_told() {
        Batch batch = new Batch();
        Batch.Place into = batch.room(8);
        Batch.Call open = open(batch, "nothing");
        Batch.Call read = batch.must(SystemCall.READ, open, into, value(8));
        Batch.Call pid = batch.call(SystemCall.GETPID);

        Answer answer = kernel().call(batch);

        assertThat(Errno.ENOENT.is(answer.result(open))).isTrue();
        assertThat(Errno.ECANCELED.is(answer.result(read))).isTrue();
        assertThat(answer.get(pid)).isPositive();
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> answer.get(read))
                .withMessage("[2] No such file or directory")
                .matches(e -> e.is(Errno.ENOENT) && !e.isUnreachable());
    }

    @Test
    void a_long_read_is_repeated_until_all_is_there() throws Exception {
        // the kernel gives it in pieces of some kilobytes
        Batch batch = new Batch();
        Batch.Place into = batch.room(1 << 20);
        Batch.Call open =
                batch.must(SystemCall.OPENAT, value(HERE), batch.text("/proc/kallsyms"), value(02000000), value(0));
        Batch.Call read = batch.all(SystemCall.READ, open, into, value(1 << 20));
        batch.call(SystemCall.CLOSE, open);

        assertThat(kernel().call(batch).get(read)).isEqualTo(1 << 20);
    }

    @Test
    void memory_holds_addresses_of_memory() throws Exception {
        Files.createDirectory(folder.resolve("there"));
        // struct iovec: an address and a length
        Batch batch = new Batch();
        Batch.Place vector = batch.bytes(new byte[16]);
        Batch.Place text = batch.text("written through an address");
        batch.put(vector.plus(8), new byte[] {26});
        batch.pointer(vector, text);
        Batch.Call open = batch.must(
                SystemCall.OPENAT,
                value(HERE),
                batch.text(folder.resolve("there/file").toString()),
                value(02000000 | 0101),
                value(0600));
        Batch.Call written = batch.must(SystemCall.WRITEV, open, vector, value(1));
        batch.call(SystemCall.CLOSE, open);

        assertThat(kernel().call(batch).get(written)).isEqualTo(26);
        assertThat(Files.readString(folder.resolve("there/file"))).isEqualTo("written through an address");
    }

    @Test
    void memory_is_shared_with_the_kernel() throws Exception {
        byte[] file = new byte[1 << 16];
        file[8] = 42;
        Files.write(folder.resolve("file"), file);
        Batch opening = new Batch();
        Batch.Call open = opening.must(
                SystemCall.OPENAT,
                value(HERE),
                opening.text(folder.resolve("file").toString()),
                value(02000002),
                value(0));
        int descriptor = (int) kernel().call(opening).get(open);

        try (SharedMemory memory = kernel().share(descriptor, 1 << 16, true, 0)) {
            look(memory);
            assertThat(memory.get(8)).isEqualTo(42);
            Batch batch = new Batch();
            memory.set(batch, List.of(new SharedMemory.Written(16, 7), new SharedMemory.Written(65528, -1)));
            memory.ask(batch);
            memory.told(kernel().call(batch));
            assertThat(memory.get(16)).isEqualTo(7);
            assertThat(Files.readAllBytes(folder.resolve("file")))
                    .endsWith(-1, -1)
                    .contains(7);
        }
        Batch close = new Batch();
        Batch.Call closed = close.call(SystemCall.CLOSE, value(descriptor));
        assertThat(kernel().call(close).get(closed)).isZero();
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> kernel().share(-1, 4096, false, 0))
                .matches(e -> e.is(Errno.EBADF));
    }

    @Test
    void its_clock_is_that_of_the_machine() {
        assertThat(kernel().nanos()).isCloseTo(System.nanoTime(), within(TimeUnit.SECONDS.toNanos(10)));
    }

    private void look(Glance glance) {
        Batch batch = new Batch();
        glance.ask(batch);
        glance.told(kernel().call(batch));
    }

    private Batch.Call open(Batch batch, String name) {
        return batch.must(
                SystemCall.OPENAT, value(HERE), batch.text(folder.resolve(name).toString()), value(02000000), value(0));
    }
}
