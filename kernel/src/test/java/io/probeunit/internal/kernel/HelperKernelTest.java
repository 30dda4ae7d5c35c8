package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HelperKernelTest extends KernelContract {

    private final HelperOnThisMachine helper = HelperOnThisMachine.start();

    @Override
    Kernel kernel() {
        return helper.kernel();
    }

    @AfterEach
    void end() {
        helper.close();
    }

    @Test
    void many_ask_at_once_and_each_has_its_own_answer() {
        helper.kernel().serveMany();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

        List<CompletableFuture<Void>> askers = IntStream.range(0, 8)
                .mapToObj(asker -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 500; i++) {
                        Batch batch = new Batch();
                        String text = asker + " " + i;
                        Batch.Place place = batch.text(text);
                        Batch.Wanted wanted = batch.want(place, text.length());
                        if (!kernel().call(batch).text(wanted).equals(text)) {
                            wrong.add(text);
                        }
                    }
                }))
                .toList();
        askers.forEach(CompletableFuture::join);

        assertThat(wrong).isEmpty();
    }

    @Test
    void an_end_is_told_to_who_asks_from_then_on() {
        helper.process().destroyForcibly();

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> {
                    while (true) {
                        kernel().nanos();
                    }
                })
                .matches(KernelException::isUnreachable);
        await().until(() -> !helper.kernel().isAlive());
    }

    @Test
    void what_is_kept_for_the_end_is_done_then() {
        Path there = folder.resolve("there");
        Batch batch = new Batch();
        batch.call(
                SystemCall.MKDIRAT,
                Batch.value(-100),
                batch.text(folder.resolve("forgotten").toString()),
                Batch.value(0700));
        helper.kernel().atEnd(batch);
        Batch instead = new Batch();
        instead.call(SystemCall.MKDIRAT, Batch.value(-100), instead.text(there.toString()), Batch.value(0700));
        helper.kernel().atEnd(instead);
        kernel().nanos();
        assertThat(there).doesNotExist();

        helper.close();

        assertThat(there).isDirectory();
        assertThat(folder.resolve("forgotten")).doesNotExist();
    }
}
