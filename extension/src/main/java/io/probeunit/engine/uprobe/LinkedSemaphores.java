package io.probeunit.engine.uprobe;

import com.sun.jna.LastErrorException;
import io.probeunit.binary.BinaryException;
import io.probeunit.binary.CodePadding;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.engine.SemaphorePlaces;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.target.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** {@code EINVAL}: what the kernel says where a place has another counter. */
    private static final int INVALID = 22;

    private static final int MOST_SHIFTS = 16;

    private final Kernel kernel;
    private final Bpf bpf;
    private final AttachMode attach;

    /**
     * Creates a keeper that holds nothing yet.
     *
     * @param attach by what kind of uprobe
     */
    public LinkedSemaphores(AttachMode attach) {
        this(Kernel.load(), attach);
    }

    LinkedSemaphores(Kernel kernel, AttachMode attach) {
        this.kernel = kernel;
        this.bpf = new Bpf(kernel);
        this.attach = attach;
    }

    @Override
    public Hold hold(Host host, TargetFile file, Set<Long> semaphores) {
        return hold(host, file, semaphores, padding(host, file));
    }

    /** Reads each file once. */
    @Override
    public SemaphoreKeeper ofSession() {
        Map<TargetFile, List<Integer>> paddings = new ConcurrentHashMap<>();
        return (host, file, semaphores) ->
                hold(host, file, semaphores, paddings.computeIfAbsent(file, f -> padding(host, f)));
    }

    private Hold hold(Host host, TargetFile file, Set<Long> semaphores, List<Integer> padding) {
        if (padding.size() < semaphores.size()) {
            throw new EngineException(
                    "%d semaphores of %s are to be held, and there are only %d unused bytes behind its code to hold them from."
                            .formatted(semaphores.size(), file.path(), padding.size()));
        }
        return new Link(hold(attach.on(kernel, bpf, host), file.hostPath(), padding, semaphores));
    }

    private static List<Integer> padding(Host host, TargetFile file) {
        try {
            return CodePadding.offsets(host.files().content(file.hostPath()), file.path());
        } catch (BinaryException | HostException e) {
            throw new EngineException(
                    "No place was found in %s to hold semaphores from: %s".formatted(file.path(), e.getMessage()), e);
        }
    }

    /** Moves on where somebody else, who holds more or fewer semaphores, has taken a place for another one. */
    private static List<Integer> hold(Attacher attacher, String path, List<Integer> padding, Set<Long> semaphores) {
        for (int shift = 0; ; shift++) {
            try {
                return attacher.hold(path, places(padding, semaphores, shift));
            } catch (EngineException e) {
                boolean taken = e.getCause() instanceof LastErrorException refused && refused.getErrorCode() == INVALID;
                if (!taken || shift == Math.min(MOST_SHIFTS, padding.size() - 1)) {
                    throw e;
                }
            }
        }
    }

    static Set<Bpf.Place> places(List<Integer> padding, Set<Long> semaphores, int shift) {
        return SemaphorePlaces.of(padding, semaphores, shift).entrySet().stream()
                .map(place -> new Bpf.Place(place.getValue(), 0, Optional.of(place.getKey())))
                .collect(Collectors.toSet());
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
                Thread closing =
                        new Thread(() -> Release.descriptors(kernel, descriptors), "probeunit-semaphores-close");
                closing.setDaemon(true);
                closing.start();
            }
        }
    }
}
