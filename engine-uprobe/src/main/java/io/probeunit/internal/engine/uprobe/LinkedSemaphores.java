package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.SemaphoreUprobes;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Errno;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds semaphores with a link of uprobes that never fire, which go when the link is closed or its owner dies. */
public final class LinkedSemaphores implements SemaphoreUprobes {

    private final AttachMode attach;

    /**
     * Creates one that holds nothing yet.
     *
     * @param attach by what kind of uprobe
     */
    public LinkedSemaphores(AttachMode attach) {
        this.attach = attach;
    }

    @Override
    public Attempt put(Host host, TargetFile file, Map<Long, Integer> places) {
        Kernel kernel = host.calls();
        try {
            List<Integer> descriptors = attach.on(host).hold(file.hostPath(), places(places));
            return new Held(() -> Release.probes(kernel, descriptors));
        } catch (EngineException e) {
            // so the kernel says where a place has another counter
            if (e.getCause() instanceof KernelException refused && refused.is(Errno.EINVAL)) {
                return new Taken(e);
            }
            throw e;
        }
    }

    private static Set<Bpf.Place> places(Map<Long, Integer> places) {
        return places.entrySet().stream()
                .map(place -> new Bpf.Place(
                        place.getValue(), 0, Optional.of(place.getKey()).filter(semaphore -> semaphore != NONE)))
                .collect(Collectors.toSet());
    }
}
