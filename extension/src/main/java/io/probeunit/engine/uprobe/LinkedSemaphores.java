package io.probeunit.engine.uprobe;

import io.probeunit.binary.CodePadding;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.host.Host;
import io.probeunit.target.TargetFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Holds semaphores with a link of uprobes that never fire: the kernel raises a uprobe's counter while the uprobe is there,
 * and lowers it when the link is closed or its owner dies.
 *
 * <p>The kernel keeps one counter for a place and refuses another one there, so each semaphore has a place of its own in
 * the padding behind the code. Which one follows from the semaphore's offset, so that two runs at the same time agree.
 */
public final class LinkedSemaphores implements SemaphoreKeeper {

    private static final int BYTES_A_SEMAPHORE = 2;

    private final Kernel kernel = Kernel.load();
    private final Bpf bpf = new Bpf(kernel);

    private final AttachMode attach;

    /**
     * Creates a keeper that holds nothing yet.
     *
     * @param attach by what kind of uprobe
     */
    public LinkedSemaphores(AttachMode attach) {
        this.attach = attach;
    }

    @Override
    public Hold hold(Host host, TargetFile file, Set<Long> semaphores) {
        List<Integer> padding = CodePadding.offsets(host.files().content(file.hostPath()), file.path());
        if (padding.size() < semaphores.size()) {
            throw new EngineException(
                    "%d semaphores of %s are to be held, and there are only %d unused bytes behind its code to hold them from."
                            .formatted(semaphores.size(), file.path(), padding.size()));
        }
        return new Link(attach.on(kernel, bpf, host).hold(file.hostPath(), places(padding, semaphores)));
    }

    private static Set<Bpf.Place> places(List<Integer> padding, Set<Long> semaphores) {
        Set<Integer> taken = new HashSet<>();
        return new TreeSet<>(semaphores)
                .stream()
                        .map(s -> new Bpf.Place(padding.get(place(s, padding.size(), taken)), 0, Optional.of(s)))
                        .collect(Collectors.toSet());
    }

    private static int place(long semaphore, int places, Set<Integer> taken) {
        int place = (int) (semaphore / BYTES_A_SEMAPHORE % places);
        while (!taken.add(place)) {
            place = (place + 1) % places;
        }
        return place;
    }

    /** Closing takes some tens of milliseconds, in which nobody needs to wait. */
    private final class Link implements Hold {
        private final List<Integer> descriptors;
        private final AtomicBoolean closed = new AtomicBoolean();

        Link(List<Integer> descriptors) {
            this.descriptors = descriptors;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                Thread closing = new Thread(() -> descriptors.forEach(kernel::close), "probeunit-semaphores-close");
                closing.setDaemon(true);
                closing.start();
            }
        }
    }
}
