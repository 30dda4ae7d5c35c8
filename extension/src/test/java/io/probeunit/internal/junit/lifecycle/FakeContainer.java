package io.probeunit.internal.junit.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A container whose program is these calls. */
public final class FakeContainer {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);
    private static final Map<String, FakeContainer> ALL = new ConcurrentHashMap<>();

    final String id = "%064d".formatted(NUMBERS.incrementAndGet());
    final List<FakeEngine.FakeSession> sessions = new CopyOnWriteArrayList<>();
    private volatile int pid = NUMBERS.incrementAndGet();
    volatile int windows;

    public FakeContainer() {
        ALL.put(id, this);
    }

    static FakeContainer of(String id) {
        return ALL.get(id);
    }

    int pid() {
        return pid;
    }

    boolean isRunning() {
        return pid > 0;
    }

    /** Runs a function, which also returns, or passes a mark. */
    void call(String name, long... arguments) {
        sessions.forEach(s -> s.fire(name, pid, arguments));
    }

    void restart() {
        pid = NUMBERS.incrementAndGet();
    }

    void stop() {
        pid = 0;
    }
}
