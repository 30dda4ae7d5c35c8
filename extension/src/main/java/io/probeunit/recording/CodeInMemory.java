package io.probeunit.recording;

import io.probeunit.host.Host;
import io.probeunit.target.MappedPlace;
import io.probeunit.target.TargetFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Compares what processes execute with the file that it is of: where a probe is, an instruction is another one. */
final class CodeInMemory {

    /** The kernel puts {@code int3} there on x86-64, of one byte; on others an instruction, all of which have four bytes. */
    private static final Map<String, Integer> BREAKPOINTS = Map.of("x86_64", 1);

    private final Host host;

    CodeInMemory(Host host) {
        this.host = host;
    }

    /** Of some places, those that hold what the file does at an offset; one that cannot be read is none of them. */
    List<MappedPlace> unchanged(TargetFile file, long offset, List<MappedPlace> places) {
        int length = BREAKPOINTS.getOrDefault(host.kernel().machine(), 4);
        return places.isEmpty()
                ? List.of()
                : host.files()
                        .part(file.hostPath(), offset, length)
                        .map(original -> places.stream()
                                .filter(place -> holds(place, original))
                                .toList())
                        .orElse(List.of());
    }

    private boolean holds(MappedPlace place, byte[] original) {
        return host.files()
                .part("/proc/%d/mem".formatted(place.pid()), place.address(), original.length)
                .filter(now -> Arrays.equals(now, original))
                .isPresent();
    }
}
