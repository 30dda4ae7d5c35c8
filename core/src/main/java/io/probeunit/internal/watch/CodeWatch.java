package io.probeunit.internal.watch;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.CodeUse;
import io.probeunit.internal.engine.CodeUse.Code;
import io.probeunit.internal.engine.CodeUse.Sight;
import io.probeunit.internal.engine.CodeUse.Unseen;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Doubt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Watches whether the processes of a target execute the probed code: when a window begins, after each of its barriers,
 * and through the kernel's reports on processes that start and end in between.
 *
 * <p>Most windows need no check: if the last check found nothing wrong, and the kernel reports no new mapping, another
 * check would find the same.
 */
public final class CodeWatch implements TargetWatch {

    /** A process that begins or ends is half mapped for microseconds; on a busy machine for longer. */
    private static final int LOOKS = 6;

    private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    /** Of a crowd of processes the first tell enough. */
    private static final int MOST_TOLD = 3;

    private static final int EXECUTE = 4;

    private final String target;
    private final ProcessCode processCode;
    private final boolean atBarriers;
    /** What the last window wanted, as most windows of a class do. */
    private List<WatchedPoint> lastWanted = List.of();

    private Map<Code, List<Integer>> lastCodes = Map.of();
    /** The state in which the last check found nothing wrong; empty if it found something. */
    private Set<Code> settled = Set.of();

    /**
     * Creates a watch.
     *
     * @param target as tests name it
     * @param processCode shows what its processes execute
     * @param atBarriers false where a look takes long: then there is one, when the window begins
     */
    public CodeWatch(String target, ProcessCode processCode, boolean atBarriers) {
        this.target = target;
        this.processCode = processCode;
        this.atBarriers = atBarriers;
    }

    /** What is seen of the processes of one target. */
    public interface ProcessCode {

        /**
         * Looks now, as {@link CodeUse#look} does.
         *
         * @param codes what is probed
         * @return how it is used
         */
        Sight look(Collection<Code> codes);

        /**
         * What was mapped since this was last asked.
         *
         * @return in the order in which it was done; nobody else asks for it
         */
        KernelWatch.Mappings mapped();

        /**
         * Judges what was mapped, as {@link CodeUse#unseen} does.
         *
         * @param codes what is probed
         * @param mapped by whatever process
         * @return uses that probes do not see
         */
        List<Unseen> unseen(Collection<Code> codes, List<KernelWatch.Mapped> mapped);
    }

    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        if (!points.equals(lastWanted)) {
            lastCodes = codes(points);
            lastWanted = List.copyOf(points);
        }
        Map<Code, List<Integer>> codes = lastCodes;
        Set<Unseen> known = new LinkedHashSet<>();
        KernelWatch.Mappings before = processCode.mapped();
        look(codes.keySet(), before, known);
        Findings earlier = Findings.mapped(code(before));
        return () -> {
            KernelWatch.Mappings mapped = processCode.mapped();
            if (!mapped.parts().isEmpty()) {
                known.addAll(processCode.unseen(codes.keySet(), mapped.parts()));
            }
            if (atBarriers) {
                look(codes.keySet(), mapped, known);
            }
            Findings found = findings(codes, known).and(earlier).and(Findings.mapped(code(mapped)));
            return mapped.complete() ? found : found.and(crowded());
        };
    }

    private static List<KernelWatch.Mapped> code(KernelWatch.Mappings mapped) {
        return mapped.parts().stream()
                .filter(part -> (part.protection() & EXECUTE) != 0)
                .toList();
    }

    /** The points of each. */
    private static Map<Code, List<Integer>> codes(List<WatchedPoint> points) {
        return points.stream()
                .collect(Collectors.groupingBy(
                        CodeWatch::code,
                        LinkedHashMap::new,
                        Collectors.mapping(WatchedPoint::index, Collectors.toList())));
    }

    /** A check sees earlier mappings; mappings during the check are in the next report. */
    private void look(Set<Code> codes, KernelWatch.Mappings before, Set<Unseen> known) {
        if (before.quiet() && settled.equals(codes)) {
            return;
        }
        Sight sight = processCode.look(codes);
        settled = sight.lasting() && sight.unseen().isEmpty() ? Set.copyOf(codes) : Set.of();
        known.addAll(lastingly(sight.unseen(), codes, known));
    }

    /** What is not certain must be there in each of several looks. */
    private List<Unseen> lastingly(List<Unseen> first, Set<Code> codes, Set<Unseen> known) {
        List<Unseen> found = new ArrayList<>(first);
        found.removeAll(known);
        for (int again = 1; again < LOOKS && !found.stream().allMatch(Unseen::certain); again++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            List<Unseen> still = processCode.look(codes).unseen();
            found.removeIf(unseen -> !unseen.certain() && !still.contains(unseen));
        }
        return found;
    }

    private static Findings findings(Map<Code, List<Integer>> codes, Set<Unseen> known) {
        if (known.isEmpty()) {
            return Findings.NOTHING;
        }
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        codes.forEach((code, points) -> {
            List<Doubt> its = known.stream()
                    .filter(unseen -> unseen.code().equals(code))
                    .limit(MOST_TOLD)
                    .map(Unseen::doubt)
                    .toList();
            points.forEach(point -> doubts.put(point, its));
        });
        return Findings.doubts(doubts);
    }

    private Findings crowded() {
        return new Findings(
                List.of(),
                Map.of(),
                List.of(
                        "so many programs were started in container %s that not all their mappings were checked: calls in another library of the same name, or under an emulator, would not be noticed"
                                .formatted(target)));
    }

    /** A link such as {@code libshop.so.1} to {@code libshop.so.1.2}: what was begun while it led elsewhere runs that. */
    private static Optional<String> linked(WatchedPoint watched) {
        String file = watched.point().file().path();
        return watched.paths().stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(name -> !file.endsWith("/" + name))
                .findFirst();
    }

    private static Code code(WatchedPoint watched) {
        ProbePoint point = watched.point();
        Set<Long> offsets = point instanceof ProbePoint.Function function
                ? function.symbols().stream().map(FunctionSymbol::fileOffset).collect(Collectors.toSet())
                : ((ProbePoint.UsdtMark) point)
                        .mark().sites().stream().map(MarkSite::fileOffset).collect(Collectors.toSet());
        return new Code(point.file(), offsets, watched.lookedUpAs().or(() -> linked(watched)));
    }
}
