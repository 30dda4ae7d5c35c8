package io.probeunit.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DaemonThreadTest {

    @Test
    void the_work_is_done_on_a_daemon_thread_of_that_name() {
        CompletableFuture<Thread> worker = new CompletableFuture<>();

        Thread started = DaemonThread.start("probeunit-test", () -> worker.complete(Thread.currentThread()));

        assertThat(worker.join()).isSameAs(started).isNotSameAs(Thread.currentThread());
        assertThat(started.getName()).isEqualTo("probeunit-test");
        assertThat(started.isDaemon()).isTrue();
    }
}
