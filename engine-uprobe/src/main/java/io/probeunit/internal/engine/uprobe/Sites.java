package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.ProbePoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All places at which a session's points are armed, each with the layout of its record.
 *
 * @param sites in the order of the points
 * @param layouts without doubles
 */
record Sites(List<Site> sites, List<Layout> layouts) {

    private static final int POINT_BITS = 16;
    private static final long TIMED = 1L << Integer.SIZE - 1;

    /** The most points that a cookie can tell apart. */
    static final int MOST_POINTS = 1 << POINT_BITS;

    /**
     * A place.
     *
     * @param point index of the point
     * @param path the file as the host sees it
     * @param onReturn whether the function's return is meant
     * @param offset in the file, in bytes
     * @param layout index of the layout
     * @param timed its number among the sites of the point, if calls are timed there
     */
    record Site(int point, String path, boolean onReturn, long offset, int layout, OptionalInt timed) {

        /** Where calls are not timed. */
        Site(int point, String path, boolean onReturn, long offset, int layout) {
            this(point, path, onReturn, offset, layout, OptionalInt.empty());
        }

        /** The value that the program gets at this site; its lower half tells the sites apart at which calls are timed. */
        long cookie() {
            long time = timed.isPresent() ? TIMED | (long) timed.getAsInt() << POINT_BITS : 0;
            return (long) layout << Integer.SIZE | time | point;
        }

        /** Where the call is entered that returns here. */
        Site entry() {
            return new Site(point, path, false, offset, layout, timed);
        }

        Bpf.Place place() {
            return new Bpf.Place(offset, cookie(), Optional.empty());
        }
    }

    /** The index of the point that a cookie names. */
    static int point(long cookie) {
        return (int) cookie & MOST_POINTS - 1;
    }

    /** The index of the layout that a cookie names. */
    static int layout(long cookie) {
        return (int) (cookie >>> Integer.SIZE);
    }

    static Sites of(List<ProbePoint> points, PtRegs registers) {
        List<Site> sites = new ArrayList<>();
        Map<Layout, Integer> layouts = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            ProbePoint point = points.get(i);
            String path = point.file().hostPath();
            if (point instanceof ProbePoint.Function function) {
                int layout = index(
                        layouts,
                        new Layout(
                                function.slots().stream()
                                        .map(s -> SlotReading.ofFunction(function, s, registers))
                                        .toList(),
                                SiteFilter.ofFunction(function, registers)));
                boolean timed = List.copyOf(layouts.keySet()).get(layout).isTimed();
                for (int s = 0; s < function.symbols().size(); s++) {
                    long offset = function.symbols().get(s).probeOffset();
                    OptionalInt number = timed ? OptionalInt.of(s) : OptionalInt.empty();
                    sites.add(new Site(i, path, function.onReturn(), offset, layout, number));
                }
            } else {
                ProbePoint.UsdtMark mark = (ProbePoint.UsdtMark) point;
                for (MarkSite site : mark.mark().sites()) {
                    int layout = index(
                            layouts,
                            new Layout(
                                    mark.slots().stream()
                                            .map(s -> SlotReading.ofMark(s, site, registers))
                                            .toList(),
                                    SiteFilter.ofMark(mark, site, registers)));
                    sites.add(new Site(i, path, false, site.fileOffset(), layout));
                }
            }
        }
        return new Sites(List.copyOf(sites), List.copyOf(layouts.keySet()));
    }

    /** Where the calls are entered whose time is wanted. */
    List<Site> timedEntries() {
        return sites.stream()
                .filter(site -> site.timed().isPresent())
                .map(Site::entry)
                .toList();
    }

    /** Where the functions are entered whose returns are among some points. */
    static List<Site> entriesOfReturns(List<ProbePoint> points) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i) instanceof ProbePoint.Function function && function.onReturn()) {
                for (FunctionSymbol symbol : function.symbols()) {
                    sites.add(new Site(i, function.file().hostPath(), false, symbol.fileOffset(), 0));
                }
            }
        }
        return List.copyOf(sites);
    }

    private static int index(Map<Layout, Integer> layouts, Layout layout) {
        Integer known = layouts.putIfAbsent(layout, layouts.size());
        return known == null ? layouts.size() - 1 : known;
    }
}
