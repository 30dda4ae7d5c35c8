package io.probeunit.internal.engine.stap;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.targets.Reach;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How a script names the places of points, file by file: by symbols, by addresses, or by a {@link StandIn}.
 *
 * <p>SystemTap resolves links by itself, and finds symbols by itself. So it cannot be told of a file that the host has at
 * no path of its own, nor of a symbol that it does not see (in separate debug information inside the container), or whose
 * name it would read as a pattern, nor of one site of a mark alone. It then compiles the script for a stand-in; before that is run, the stand-in becomes a
 * link to the file itself, which the kernel follows.
 *
 * @param byAddress files, by their paths on the host, in which functions are named by their addresses
 * @param standIns paths of stand-ins by the paths of the files on the host
 */
record PlaceNames(Set<String> byAddress, Map<String, String> standIns) {

    PlaceNames {
        byAddress = Set.copyOf(byAddress);
        standIns = Map.copyOf(standIns);
    }

    /** By symbols where that is possible. */
    static PlaceNames of(List<ProbePoint> points, SessionFolder folder) {
        Set<String> needed = points.stream()
                .filter(p -> p.file().reach() != Reach.MOUNT
                        || !ScriptNames.canSay(p)
                        || isBehindItsBegin(p)
                        || PointReading.of(p).hasSeveralSites())
                .map(p -> p.file().hostPath())
                .collect(Collectors.toCollection(TreeSet::new));
        return new PlaceNames(Set.of(), Map.of()).withStandIns(needed, folder);
    }

    /** SystemTap would take a symbol for the first instruction. */
    private static boolean isBehindItsBegin(ProbePoint point) {
        return point instanceof ProbePoint.Function function
                && function.symbols().stream().anyMatch(symbol -> symbol.skipped() != 0);
    }

    PlaceNames withAddresses(Collection<String> files) {
        Set<String> all = new HashSet<>(byAddress);
        all.addAll(files);
        return new PlaceNames(all, standIns);
    }

    PlaceNames withStandIns(Collection<String> files, SessionFolder folder) {
        Map<String, String> all = new HashMap<>(standIns);
        files.forEach(file -> all.computeIfAbsent(file, f -> folder.standIn(all.size())));
        return new PlaceNames(byAddress, all);
    }

    /** The path by which SystemTap knows a file. */
    String path(String hostPath) {
        return standIns.getOrDefault(hostPath, hostPath);
    }

    /**
     * Places of a point as the script names them.
     *
     * @param offsets which of its places; those of a point that is not in a stand-in are all read alike
     */
    Set<String> probePoints(ProbePoint point, List<Long> offsets) {
        String path = point.file().hostPath();
        String process = "process(%s)".formatted(ScriptNames.quoted(path(path)));
        if (standIns.containsKey(path)) {
            return offsets.stream()
                    .map(offset -> function(process, ScriptNames.quoted(StandIn.symbol(offset)), point))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        if (point instanceof ProbePoint.Function function) {
            return function.symbols().stream()
                    .map(s -> byAddress.contains(path)
                            ? "0x%x".formatted(s.address() + s.skipped())
                            : ScriptNames.quoted(s.unversioned()))
                    .map(name -> function(process, name, point))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        ProbePoint.UsdtMark mark = (ProbePoint.UsdtMark) point;
        return Set.of("%s.provider(%s).mark(%s)"
                .formatted(
                        process,
                        ScriptNames.quoted(mark.mark().provider()),
                        ScriptNames.quoted(mark.mark().name())));
    }

    /** Puts the stand-ins to where the script says that they are. */
    void create(HostFiles files, List<ProbePoint> points) {
        standIns.forEach((hostPath, standIn) -> {
            SortedSet<Long> offsets = points.stream()
                    .filter(p -> p.file().hostPath().equals(hostPath))
                    .flatMapToLong(PlaceNames::offsets)
                    .boxed()
                    .collect(Collectors.toCollection(TreeSet::new));
            files.delete(standIn);
            files.write(standIn, StandIn.of(offsets));
        });
    }

    /** Makes the stand-ins lead to the files that are meant. */
    void replace(HostFiles files) {
        standIns.forEach((hostPath, standIn) -> {
            files.delete(standIn);
            files.createLink(standIn, hostPath);
        });
    }

    /** Where a point is in its file, each place once. */
    static LongStream offsets(ProbePoint point) {
        return point instanceof ProbePoint.Function function
                ? function.symbols().stream()
                        .mapToLong(FunctionSymbol::probeOffset)
                        .distinct()
                : ((ProbePoint.UsdtMark) point)
                        .mark().sites().stream().mapToLong(MarkSite::fileOffset).distinct();
    }

    private static String function(String process, String name, ProbePoint point) {
        boolean onReturn = point instanceof ProbePoint.Function function && function.onReturn();
        return "%s.function(%s).%s".formatted(process, name, onReturn ? "return" : "call");
    }
}
