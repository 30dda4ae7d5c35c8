package io.probeunit.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {

    private final List<String> lines = new ArrayList<>();
    private final FakeClock clock = new FakeClock();
    private final Progress progress = clock.progress(lines::add);

    @Test
    void what_is_quick_is_not_mentioned() {
        String result = progress.during("arming 3 points", () -> {
            clock.pass(Duration.ofMillis(1_999));
            return "armed";
        });

        assertThat(result).isEqualTo("armed");
        clock.pass(Duration.ofMinutes(1));
        assertThat(lines).isEmpty();
    }

    @Test
    void what_takes_long_is_said_after_two_seconds_every_ten_and_at_the_end() {
        progress.during("arming 300 points in container shop", () -> {
            clock.pass(Duration.ofSeconds(23));
            return "";
        });

        assertThat(lines)
                .containsExactly(
                        "ProbeUnit: arming 300 points in container shop: 2 s so far",
                        "ProbeUnit: arming 300 points in container shop: 12 s so far",
                        "ProbeUnit: arming 300 points in container shop: 22 s so far",
                        "ProbeUnit: arming 300 points in container shop: done after 23 s");
    }

    @Test
    void what_fails_is_not_called_done() {
        assertThatIllegalStateException()
                .isThrownBy(() -> progress.during("building the image", () -> {
                    clock.pass(Duration.ofSeconds(3));
                    throw new IllegalStateException("no network");
                }));

        assertThat(lines).last().isEqualTo("ProbeUnit: building the image: failed after 3 s");
    }

    @Test
    void no_line_says_that_ended_work_goes_on() {
        progress.during("arming", () -> {
            clock.pass(Duration.ofSeconds(2));
            return "";
        });

        clock.ringAll();

        assertThat(lines).hasSize(2).last().asString().endsWith("done after 2 s");
    }

    @Test
    void work_is_done_when_nobody_listens_or_all_is_closed() {
        assertThat(Progress.silent().during("arming", () -> "armed")).isEqualTo("armed");
        Progress closed = Progress.to(lines::add);
        closed.close();
        assertThat(closed.during("arming", () -> "armed")).isEqualTo("armed");
    }

    @Test
    @Timeout(30)
    void a_real_clock_rings() throws InterruptedException {
        CountDownLatch rang = new CountDownLatch(3);
        DaemonAlarm alarm = new DaemonAlarm();

        Runnable stop = alarm.set(Duration.ofMillis(1), Duration.ofMillis(1), rang::countDown);

        rang.await();
        stop.run();
        alarm.close();
        assertThat(rang.getCount()).isZero();
    }
}
