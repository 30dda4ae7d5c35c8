package io.probeunit.internal.tracefs;

import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.PidNamespace;
import io.probeunit.internal.host.ProcessName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Removes uprobe events: those of a session that ends, and those of dead runs, which keep the container's file system
 * in use.
 */
public final class EventLeftovers {

    private static final System.Logger LOG = System.getLogger(EventLeftovers.class.getName());

    /** The kernel releases the events of a killed process some tens of milliseconds later, one after the other. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Host host;
    private final Tracefs tracefs;

    /**
     * Creates it.
     *
     * @param host whose processes are looked at
     * @param tracefs of this host
     */
    public EventLeftovers(Host host, Tracefs tracefs) {
        this.host = host;
        this.tracefs = tracefs;
    }

    /** Removes the events of a group whose processes have ended. */
    public void clean(EventGroup group) throws InterruptedException {
        remove(group.name()::equals);
    }

    /**
     * Removes the events of runs whose JVM, or the helper that acted for it, has ended. Several JVMs may do so at once, from
     * any host that shares the kernel and the PID namespace.
     */
    public void sweep() throws InterruptedException {
        Optional<PidNamespace> here = PidNamespace.of(host.files());
        if (here.isPresent()) {
            remove(group ->
                    EventGroup.ownerOf(group, here.get()).filter(this::isDead).isPresent());
        }
    }

    private boolean isDead(ProcessName owner) {
        return !owner.isAlive(host.files());
    }

    private void remove(Predicate<String> groups) throws InterruptedException {
        if (!Deadline.after(PATIENCE).poll(PAUSE, () -> isRemoved(groups))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Could not remove uprobe events that ProbeUnit made: %s. Some process still uses them; the next run tries again."
                            .formatted(events(groups)));
        }
    }

    private boolean isRemoved(Predicate<String> groups) {
        List<Tracefs.Name> left = events(groups);
        left.forEach(this::tryToRemove);
        return left.isEmpty() || events(groups).isEmpty();
    }

    private List<Tracefs.Name> events(Predicate<String> groups) {
        return tracefs.events().stream()
                .filter(name -> groups.test(name.group()))
                .toList();
    }

    private void tryToRemove(Tracefs.Name name) {
        try {
            tracefs.remove(name);
        } catch (HostException usedOrGone) {
            // it is seen in the list whether it is still there
        }
    }
}
