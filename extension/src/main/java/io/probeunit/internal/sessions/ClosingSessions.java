package io.probeunit.internal.sessions;

import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.recording.SessionRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Sessions that remove their probes while tests run; only the end of the run waits for them. Thread-safe. */
public final class ClosingSessions {

    private static final System.Logger LOG = System.getLogger(ClosingSessions.class.getName());

    /** With SystemTap it takes about 0.1 s, and as long again for each point. */
    private static final Duration RETURNS = Duration.ofSeconds(30);

    private final Queue<SessionRecorder> closing = new ConcurrentLinkedQueue<>();
    private final Queue<Returns> returns = new ConcurrentLinkedQueue<>();

    private record Returns(SessionRecorder session, Optional<SessionWatch> sessionWatch) {}

    /** Begins to close a session, and returns at once. */
    public void add(SessionRecorder session) {
        closing.add(session);
        try {
            session.close();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Probes on {0} may be left: {1}", session.target(), e);
        }
    }

    /** Waits, but not for ever, for those that still take probes out of files of a container that were written over since. */
    void awaitRewritten(String containerId, HostFiles files, Duration timeout) {
        await(
                closing.stream()
                        .filter(session -> session.containerId().equals(containerId))
                        .filter(session -> !isClosed(session, Duration.ZERO))
                        .filter(session ->
                                ArmedFiles.of(session.points()).rewritten(files).isPresent())
                        .toList(),
                timeout);
    }

    /** Closes a session, and waits until it is closed, but not for ever; false if it is not. */
    boolean closeNow(SessionRecorder session, Duration timeout) {
        return Interrupts.orElse(false, () -> session.closeNow(timeout));
    }

    /**
     * Begins to close a session with returns, which change the stack of a program: the next window waits for its end.
     *
     * @param sessionWatch what looks beside it, and has uprobes too; it is being closed
     */
    void addReturns(SessionRecorder session, Optional<SessionWatch> sessionWatch) {
        returns.add(new Returns(session, sessionWatch));
        add(session);
    }

    /** Waits until no return is armed that is no longer wanted, but not for ever. */
    public void awaitReturns() {
        List<Returns> leaving = List.copyOf(returns);
        if (!leaving.isEmpty()) {
            await(leaving.stream().map(Returns::session).toList(), RETURNS);
            leaving.forEach(gone -> gone.sessionWatch().ifPresent(sessionWatch -> sessionWatch.awaitClosed(RETURNS)));
            returns.removeAll(leaving);
        }
    }

    /** Waits until all are closed, but not for ever. */
    public void await(Duration timeout) {
        await(List.copyOf(closing), timeout);
        closing.clear();
    }

    /** Waits until some are closed, but not for ever. */
    public void await(List<SessionRecorder> some, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        List<String> late = some.stream()
                .filter(s -> !isClosed(s, deadline.left()))
                .map(s -> "%s on %s".formatted(s.engine(), s.target()))
                .toList();
        if (!late.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "After {0} s these sessions still remove their probes; the next run removes the rest: {1}",
                    TimeUnit.NANOSECONDS.toSeconds(timeout.toNanos()),
                    String.join(", ", late));
        }
    }

    private static boolean isClosed(SessionRecorder session, Duration timeout) {
        try {
            return Interrupts.orElse(false, () -> session.awaitClosed(timeout));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Closing the session on {0} failed: {1}", session.target(), e);
            return true;
        }
    }
}
