package io.probeunit.internal.watch;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.host.BootTime;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.MappedPlace;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Watches whether the processes that run a file have its probes in their memory.
 *
 * <p>Overlayfs copies a file of the image when it is changed for the first time, be it only its mode. Processes that run it
 * then stay with the lower file, those that are started later run the copy; number, device and all that stat(2) tells are
 * the same for both, and a probe is in one of them alone. So the memory of the processes is looked at: where a probe is in
 * it, the instruction is not that of the file. That probe may be another session's, which watches another container of the
 * image; of a process that was there before the change, a {@link FileTrial} tells whose it is. Only files that were changed
 * since the container was started are looked into.
 */
public final class CopiedFiles implements TargetWatch {

    private static final int LOOKS = 4;
    private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    private final HostFiles files;
    private final TargetFiles targetFiles;
    private final Target target;
    private final CodeInMemory memory;
    private final FileTrial trial;
    private final Map<TargetFile, Set<ProcessName>> proven = new HashMap<>();
    private final Map<TargetFile, Boolean> suspects = new HashMap<>();

    /**
     * Creates a watch.
     *
     * @param host that the target was resolved on
     * @param targetFiles finds the target's processes
     * @param target the container
     * @param uprobes what processes that may run another file are tried with
     */
    public CopiedFiles(Host host, TargetFiles targetFiles, Target target, SemaphoreKeeper uprobes) {
        this.files = host.files();
        this.targetFiles = targetFiles;
        this.target = target;
        this.memory = new CodeInMemory(host);
        this.trial = new FileTrial(
                host, memory, (file, place) -> targetFiles.executable(target, file, List.of(place)), uprobes);
    }

    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        List<WatchedPoint> suspected = points.stream()
                .filter(point -> suspects.computeIfAbsent(
                        point.point().file(), file -> targetFiles.mayHaveRunBefore(target, file)))
                .toList();
        if (suspected.isEmpty()) {
            return () -> Findings.NOTHING;
        }
        Findings atTheBeginning = look(suspected);
        return () -> atTheBeginning.and(look(suspected));
    }

    private Findings look(List<WatchedPoint> points) {
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        points.stream()
                .collect(Collectors.groupingBy(point -> point.point().file(), LinkedHashMap::new, Collectors.toList()))
                .forEach((file, its) -> doubt(file, its)
                        .ifPresent(found -> its.forEach(point -> doubts.put(point.index(), List.of(found)))));
        return Findings.doubts(doubts);
    }

    /** One place tells for all of a file in a process: probes are in all of them, or in none. */
    private Optional<Doubt> doubt(TargetFile file, List<WatchedPoint> points) {
        List<Long> offsets = points.stream()
                .flatMap(point -> offsets(point.point()).boxed())
                .distinct()
                .toList();
        List<MappedPlace> places = targetFiles.executable(target, file, offsets);
        Set<MappedPlace> without = withoutProbe(file, offsets, places);
        return without.stream().findFirst().map(place -> old(file, place.pid())).or(() -> notOurs(file, places));
    }

    /** A process that begins or ends is half there for a moment; what is so must be seen in each of several looks. */
    private Set<MappedPlace> withoutProbe(TargetFile file, List<Long> offsets, List<MappedPlace> places) {
        Set<MappedPlace> without = new LinkedHashSet<>(memory.unchanged(file, places));
        for (int again = 1; again < LOOKS && !without.isEmpty(); again++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            without.retainAll(memory.unchanged(file, targetFiles.executable(target, file, offsets)));
        }
        return without;
    }

    /** Of processes that have a probe in them, which may not be ours. */
    private Optional<Doubt> notOurs(TargetFile file, List<MappedPlace> places) {
        Set<ProcessName> known = proven.computeIfAbsent(file, f -> new HashSet<>());
        Map<Long, ProcessName> unsure = new LinkedHashMap<>();
        BootTime boot = places.isEmpty() ? BootTime.UNKNOWN : BootTime.of(files);
        places.forEach(place -> ProcessName.of(files, place.pid())
                .filter(process -> !known.contains(process)
                        && boot.mayHaveStartedBefore(process, file.identity().changed()))
                .ifPresent(process -> unsure.put(process.pid(), process)));
        if (unsure.isEmpty()) {
            return Optional.empty();
        }
        FileTrial.Result result = trial.of(file, unsure.keySet());
        result.running().forEach(pid -> known.add(unsure.remove(pid)));
        return result.others().stream()
                .findFirst()
                .map(pid -> old(file, pid))
                .or(() -> unsure.keySet().stream().findFirst().map(pid -> unknown(file, pid, result.refusal())));
    }

    private static Doubt old(TargetFile file, long pid) {
        return Doubt.missed(
                "process %d runs %s as it was before the file was changed, without our probes: on a container's own file system (overlayfs) every change, even of the mode or the owner, makes a copy of the file; restart the process, or make the change in the image"
                        .formatted(pid, file.path()));
    }

    private static Doubt unknown(TargetFile file, long pid, String refusal) {
        return Doubt.missed(
                "process %d may run %s as it was before the file was changed, and the probes in it may belong to another session (%s): on a container's own file system (overlayfs) every change, even of the mode or the owner, makes a copy of the file; restart the process, or make the change in the image"
                        .formatted(pid, file.path(), refusal));
    }

    private static LongStream offsets(ProbePoint point) {
        return point instanceof ProbePoint.Function function
                ? function.symbols().stream().mapToLong(FunctionSymbol::probeOffset)
                : ((ProbePoint.UsdtMark) point).mark().sites().stream().mapToLong(MarkSite::fileOffset);
    }
}
