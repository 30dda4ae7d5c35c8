package io.probeunit.recording;

import io.probeunit.binary.FunctionSymbol;
import io.probeunit.binary.MarkSite;
import io.probeunit.engine.CodeUse;
import io.probeunit.engine.CodeUse.Code;
import io.probeunit.engine.CodeUse.Unseen;
import io.probeunit.engine.ProbePoint;
import io.probeunit.plan.Doubt;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Watches whether the processes of a target execute the probed code where the probes are, when a window begins and after
 * each of its barriers.
 */
public final class CodeWatch implements TargetWatch {

    /** A process that begins or ends is half mapped for microseconds; on a busy machine for longer. */
    private static final int LOOKS = 6;

    private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    /** Of a crowd of processes the first tell enough. */
    private static final int MOST_TOLD = 3;

    private final Function<Collection<Code>, List<Unseen>> looking;
    private final boolean atBarriers;

    /**
     * Creates a watch.
     *
     * @param looking looks at the processes, as {@link CodeUse#unseen} does
     * @param atBarriers false where a look takes long: then there is one, when the window begins
     */
    public CodeWatch(Function<Collection<Code>, List<Unseen>> looking, boolean atBarriers) {
        this.looking = looking;
        this.atBarriers = atBarriers;
    }

    @Override
    public Vigil begin(List<WatchedPoint> points) {
        Map<Code, List<Integer>> codes = codes(points);
        Set<Unseen> known = new LinkedHashSet<>();
        look(codes.keySet(), known);
        return () -> {
            if (atBarriers) {
                look(codes.keySet(), known);
            }
            return seen(codes, known);
        };
    }

    /** The points of each. */
    static Map<Code, List<Integer>> codes(List<WatchedPoint> points) {
        return points.stream()
                .collect(Collectors.groupingBy(
                        CodeWatch::code,
                        LinkedHashMap::new,
                        Collectors.mapping(WatchedPoint::index, Collectors.toList())));
    }

    /** What is not certain must be there in each of several looks. */
    private void look(Set<Code> codes, Set<Unseen> known) {
        List<Unseen> found = new ArrayList<>(looking.apply(codes));
        found.removeAll(known);
        for (int again = 1; again < LOOKS && !found.stream().allMatch(Unseen::certain); again++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            List<Unseen> still = looking.apply(codes);
            found.removeIf(unseen -> !unseen.certain() && !still.contains(unseen));
        }
        known.addAll(found);
    }

    static Seen seen(Map<Code, List<Integer>> codes, Set<Unseen> known) {
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        codes.forEach((code, points) -> {
            List<Doubt> its = known.stream()
                    .filter(unseen -> unseen.code().equals(code))
                    .limit(MOST_TOLD)
                    .map(unseen -> Doubt.missed(unseen.reason()))
                    .toList();
            points.forEach(point -> doubts.put(point, its));
        });
        return known.isEmpty() ? Seen.NOTHING : Seen.doubted(doubts);
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
