package io.probeunit.internal.targets;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A fixture: containers of which a daemon says what a test wants. */
final class FakeContainer {

    /** 64 digits, as a daemon gives them. */
    static final String ID = "0123456789abcdef".repeat(4);

    private static final String STARTED = "2026-01-02T03:04:05Z";

    private FakeContainer() {}

    /** A container that has not been created. */
    static DaemonContainer notCreated() {
        return Optional::empty;
    }

    /** A container that was removed behind the back of its field. */
    static DaemonContainer removed() {
        return Optional::empty;
    }

    /** A container whose daemon cannot be asked. */
    static DaemonContainer unreachable(RuntimeException why) {
        return () -> {
            throw why;
        };
    }

    /** A container in a state. */
    static DaemonContainer in(String status, long pid) {
        return () -> Optional.of(described(ID, status, pid, STARTED));
    }

    /** A container that was started at another time than those of the other methods. */
    static DaemonContainer startedAt(String time) {
        return () -> Optional.of(described(ID, "running", 4712, time));
    }

    /** Another container than that of the other methods. */
    static DaemonContainer another(String id) {
        return () -> Optional.of(described(id, "running", 4712, STARTED));
    }

    /** A container that is in one state when it is asked for the first time, and in another one from then on. */
    static DaemonContainer turning(String status, long pid, String thenStatus, long thenPid) {
        AtomicBoolean asked = new AtomicBoolean();
        return () -> Optional.of(
                asked.getAndSet(true)
                        ? described(ID, thenStatus, thenPid, STARTED)
                        : described(ID, status, pid, STARTED));
    }

    private static ContainerStatus described(String id, String status, long pid, String startedAt) {
        return new ContainerStatus(id, "shop", "shop:1", status, pid, startedAt, 3, false);
    }
}
