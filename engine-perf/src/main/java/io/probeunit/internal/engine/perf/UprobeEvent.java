package io.probeunit.internal.engine.perf;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.tracefs.EventGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A uprobe event of tracefs. It may have many places, all read in the same way; taking it away takes some tens of
 * milliseconds, however many these are.
 *
 * @param number index of the event in the session
 * @param point index of the point
 * @param onReturn whether the function's return is meant
 * @param path the file as the host sees it
 * @param offsets its places in the file, in bytes
 * @param readings how each slot of the point is read
 */
record UprobeEvent(
        int number, int point, boolean onReturn, String path, List<Long> offsets, List<SlotReading> readings) {

    /** The task's name. */
    static final String COMMAND = "comm";

    UprobeEvent {
        offsets = List.copyOf(offsets);
        readings = List.copyOf(readings);
    }

    /** Its name within the session's group. */
    String name() {
        return "p" + number;
    }

    /** Whether samples carry the stack. */
    boolean copiesStack() {
        return readings.contains(new SlotReading.Stack());
    }

    /** The field of a slot in the event's records. */
    static String field(int slot) {
        return "v" + slot;
    }

    /** The events of a session's points: one for each way in which a point's places are read. */
    static List<UprobeEvent> of(List<ProbePoint> points, RegisterNames registers) {
        List<UprobeEvent> events = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ProbePoint point = points.get(i);
            boolean onReturn = point instanceof ProbePoint.Function function && function.onReturn();
            for (Map.Entry<List<SlotReading>, List<Long>> same :
                    places(point, registers).entrySet()) {
                events.add(new UprobeEvent(
                        events.size(), i, onReturn, point.file().hostPath(), same.getValue(), same.getKey()));
            }
        }
        return events;
    }

    /** A line for each place. */
    Stream<String> definitions(EventGroup group) {
        StringBuilder fetched = new StringBuilder(" %s=$comm:string".formatted(COMMAND));
        for (int slot = 0; slot < readings.size(); slot++) {
            readings.get(slot)
                    .argument(field(slot))
                    .ifPresent(a -> fetched.append(' ').append(a));
        }
        return offsets.stream()
                .map(offset -> "%s:%s/%s %s:0x%x%s"
                        .formatted(onReturn ? "r" : "p", group.name(), name(), path, offset, fetched));
    }

    private static Map<List<SlotReading>, List<Long>> places(ProbePoint point, RegisterNames registers) {
        Map<List<SlotReading>, List<Long>> places = new LinkedHashMap<>();
        if (point instanceof ProbePoint.Function function) {
            List<SlotReading> readings = function.slots().stream()
                    .map(s -> SlotReading.ofFunction(function, s, registers))
                    .toList();
            places.put(
                    readings,
                    function.symbols().stream()
                            .map(FunctionSymbol::probeOffset)
                            .distinct()
                            .toList());
        } else {
            ProbePoint.UsdtMark mark = (ProbePoint.UsdtMark) point;
            for (MarkSite site : mark.mark().sites()) {
                List<SlotReading> readings = mark.slots().stream()
                        .map(s -> SlotReading.ofMark(s, site, registers))
                        .toList();
                places.computeIfAbsent(readings, key -> new ArrayList<>()).add(site.fileOffset());
            }
        }
        return places;
    }
}
