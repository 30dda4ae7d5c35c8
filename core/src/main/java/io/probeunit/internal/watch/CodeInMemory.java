package io.probeunit.internal.watch;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.MappedPlace;
import io.probeunit.internal.targets.TargetFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the code in the memory of processes with its file: a probe changes an instruction. */
final class CodeInMemory {

    /** The kernel puts {@code int3} there on x86-64, of one byte; on others an instruction, all of which have four bytes. */
    private static final Map<String, Integer> BREAKPOINTS = Map.of("x86_64", 1);

    private final Host host;

    CodeInMemory(Host host) {
        this.host = host;
    }

    /** Of some places of a file, those that hold what the file does there; one that cannot be read is none of them. */
    List<MappedPlace> unchanged(TargetFile file, List<MappedPlace> places) {
        Map<Long, Optional<byte[]>> originals = new HashMap<>();
        return places.stream()
                .filter(place -> originals
                        .computeIfAbsent(place.offset(), offset -> original(file, offset))
                        .filter(original -> holds(place, original))
                        .isPresent())
                .toList();
    }

    private Optional<byte[]> original(TargetFile file, long offset) {
        return host.files()
                .part(
                        file.hostPath(),
                        offset,
                        BREAKPOINTS.getOrDefault(host.kernel().machine(), 4));
    }

    private boolean holds(MappedPlace place, byte[] original) {
        return host.files()
                .part("/proc/%d/mem".formatted(place.pid()), place.address(), original.length)
                .filter(now -> Arrays.equals(now, original))
                .isPresent();
    }
}
