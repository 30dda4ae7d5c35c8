package io.probeunit.internal.progress;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** With one thread, which keeps no JVM alive, and is started when the first alarm is set. */
final class DaemonAlarm implements Alarm {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, action -> {
        Thread thread = new Thread(action, "probeunit-progress");
        thread.setDaemon(true);
        return thread;
    });

    DaemonAlarm() {
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Runnable set(Duration first, Duration next, Runnable action) {
        ScheduledFuture<?> ringing =
                executor.scheduleAtFixedRate(action, first.toNanos(), next.toNanos(), TimeUnit.NANOSECONDS);
        return () -> ringing.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
