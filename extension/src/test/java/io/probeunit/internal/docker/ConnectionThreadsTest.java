package io.probeunit.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionThreadsTest {

    /** Awaitility and others set the default handler, to fail a test for what any thread throws. */
    @Test
    void what_a_thread_of_a_connection_throws_reaches_nobody() throws InterruptedException {
        AtomicInteger heard = new AtomicInteger();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> heard.incrementAndGet());
        try {
            Thread thrower = ConnectionThreads.connect(() -> {
                Thread made = new Thread(() -> {
                    throw new IllegalStateException("the connection is closed");
                });
                made.start();
                return made;
            });
            thrower.join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(heard).hasValue(0);
    }

    @Test
    void what_connecting_throws_reaches_the_caller() {
        assertThatExceptionOfType(DockerAccessException.class)
                .isThrownBy(() -> ConnectionThreads.connect(() -> {
                    throw new DockerAccessException("no daemon", new IllegalStateException());
                }));
    }
}
