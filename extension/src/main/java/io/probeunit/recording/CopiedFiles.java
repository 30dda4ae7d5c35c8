package io.probeunit.recording;

import io.probeunit.binary.FunctionSymbol;
import io.probeunit.binary.MarkSite;
import io.probeunit.engine.ProbePoint;
import io.probeunit.host.Host;
import io.probeunit.host.HostFiles;
import io.probeunit.plan.Doubt;
import io.probeunit.target.MappedPlace;
import io.probeunit.target.Target;
import io.probeunit.target.TargetFile;
import io.probeunit.target.TargetFiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Watches whether the processes that run a file have the probes in them that are in the file.
 *
 * <p>Overlayfs copies a file of the image when it is changed for the first time, be it only its mode. Processes that run it
 * then stay with the lower file, those that are started later run the copy; number, device and all that stat(2) tells are
 * the same for both, and a probe is in one of them alone. So the memory of the processes is looked at: where a probe is in
 * it, the instruction is not that of the file. Only files that were changed since the container was started are looked into.
 */
public final class CopiedFiles implements TargetWatch {

    /** The kernel puts {@code int3} there on x86-64, of one byte; on others an instruction, all of which have four bytes. */
    private static final Map<String, Integer> BREAKPOINTS = Map.of("x86_64", 1);

    private static final int LOOKS = 4;
    private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    private final Host host;
    private final HostFiles files;
    private final TargetFiles targetFiles;
    private final Target target;

    /**
     * Creates a watch.
     *
     * @param host that the target was resolved on
     * @param targetFiles finds the target's processes
     * @param target the container
     */
    public CopiedFiles(Host host, TargetFiles targetFiles, Target target) {
        this.host = host;
        this.files = host.files();
        this.targetFiles = targetFiles;
        this.target = target;
    }

    @Override
    public Vigil begin(List<WatchedPoint> points) {
        List<WatchedPoint> suspects = points.stream()
                .filter(point ->
                        targetFiles.mayHaveRunBefore(target, point.point().file()))
                .toList();
        if (suspects.isEmpty()) {
            return () -> Seen.NOTHING;
        }
        Seen atTheBeginning = look(suspects);
        return () -> atTheBeginning.and(look(suspects));
    }

    private Seen look(List<WatchedPoint> points) {
        Map<TargetFile, List<Doubt>> byFile = new HashMap<>();
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        for (WatchedPoint point : points) {
            List<Doubt> found = byFile.computeIfAbsent(point.point().file(), file -> doubts(file, point.point()));
            if (!found.isEmpty()) {
                doubts.put(point.index(), found);
            }
        }
        return doubts.isEmpty() ? Seen.NOTHING : Seen.doubted(doubts);
    }

    /** A process that begins or ends is half there for a moment; what is so must be seen in each of several looks. */
    private List<Doubt> doubts(TargetFile file, ProbePoint point) {
        // one place tells for all of a file: probes are in all of them, or in none
        long offset = offsets(point).findFirst().orElseThrow();
        Set<MappedPlace> without = withoutProbe(file, offset);
        for (int again = 1; again < LOOKS && !without.isEmpty(); again++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            without.retainAll(withoutProbe(file, offset));
        }
        return without.stream()
                .findFirst()
                .map(place -> Doubt.missed(
                        "process %d runs %s as it was before the file was changed, and no probes are in that: on a container's own file system (overlayfs) a change, be it only of the mode or the owner, makes a copy of the file; restart what runs the old one, or make the change in the image"
                                .formatted(place.pid(), file.path())))
                .stream()
                .toList();
    }

    private Set<MappedPlace> withoutProbe(TargetFile file, long offset) {
        int length = BREAKPOINTS.getOrDefault(host.kernel().machine(), 4);
        Optional<byte[]> instruction = files.part(file.hostPath(), offset, length);
        return targetFiles.executable(target, file, offset).stream()
                .filter(place -> instruction
                        .filter(original -> files.part("/proc/%d/mem".formatted(place.pid()), place.address(), length)
                                .filter(now -> Arrays.equals(now, original))
                                .isPresent())
                        .isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static LongStream offsets(ProbePoint point) {
        return point instanceof ProbePoint.Function function
                ? function.symbols().stream().mapToLong(FunctionSymbol::probeOffset)
                : ((ProbePoint.UsdtMark) point).mark().sites().stream().mapToLong(MarkSite::fileOffset);
    }
}
