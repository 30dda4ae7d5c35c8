package io.probeunit.internal.watch;

import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.binary.CodePadding;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.targets.MappedPlace;
import io.probeunit.internal.targets.TargetFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Finds out by a trial whether processes run exactly the probed file: it puts one more probe into the file for a
 * moment, in code that is never executed, and looks for it in their memory.
 */
final class FileTrial {

    private static final int TRIES = 4;

    private final Host host;
    private final CodeInMemory memory;
    private final BiFunction<TargetFile, Long, List<MappedPlace>> mapped;
    private final SemaphoreKeeper uprobes;
    private final Map<TargetFile, List<Integer>> paddings = new HashMap<>();

    /**
     * Prepares to try.
     *
     * @param mapped tells where an offset of a file is in the memory of processes, to be executed
     */
    FileTrial(
            Host host,
            CodeInMemory memory,
            BiFunction<TargetFile, Long, List<MappedPlace>> mapped,
            SemaphoreKeeper uprobes) {
        this.host = host;
        this.memory = memory;
        this.mapped = mapped;
        this.uprobes = uprobes;
    }

    /**
     * What came out.
     *
     * @param running processes that run this very file
     * @param others processes that do not; those that are in neither could not be tried
     * @param refusal why not
     */
    record Result(Set<Long> running, Set<Long> others, String refusal) {}

    Result of(TargetFile file, Set<Long> processes) {
        Set<Long> running = new HashSet<>();
        Set<Long> others = new HashSet<>();
        Set<Long> left = new HashSet<>(processes);
        String refusal = "there is no free place for a trial: each place has a probe";
        try {
            for (int place : places(file)) {
                List<MappedPlace> clean = memory.unchanged(
                        file,
                        mapped.apply(file, (long) place).stream()
                                .filter(at -> left.contains(at.pid()))
                                .toList());
                if (!clean.isEmpty()) {
                    List<MappedPlace> without = without(file, place, clean);
                    clean.forEach(at -> (without.contains(at) ? others : running).add(at.pid()));
                    clean.forEach(at -> left.remove(at.pid()));
                }
            }
        } catch (EngineException | HostException | BinaryException e) {
            refusal = e.getMessage().replaceFirst("\\.$", "");
        }
        return new Result(running, others, refusal);
    }

    private List<MappedPlace> without(TargetFile file, int place, List<MappedPlace> clean) {
        SemaphoreKeeper.Hold mark = uprobes.mark(host, file, place);
        try {
            return memory.unchanged(file, clean);
        } finally {
            mark.close();
        }
    }

    /** Some; another session that tries it at the same moment takes others. */
    private List<Integer> places(TargetFile file) {
        List<Integer> shuffled = new ArrayList<>(paddings.computeIfAbsent(
                file, f -> CodePadding.offsets(host.files().content(f.hostPath()), f.path())));
        Collections.shuffle(shuffled);
        return shuffled.subList(0, Math.min(TRIES, shuffled.size()));
    }
}
