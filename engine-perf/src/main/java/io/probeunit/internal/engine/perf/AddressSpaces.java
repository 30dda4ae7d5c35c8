package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.perf.CpuProfile.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the mappings of each process. Takes events in the order of time; for one thread. */
final class AddressSpaces {

    private static final Place NOWHERE = new Place("", 0, 0);

    private final Map<Integer, TreeMap<Long, TaskEvent.Mapped>> spaces = new HashMap<>();

    /** Where a task ran; empty if the event is no sample. */
    Optional<Place> take(TaskEvent event) {
        if (event instanceof TaskEvent.Ran ran) {
            return Optional.of(place(spaces.getOrDefault(ran.pid(), new TreeMap<>()), ran.address()));
        }
        if (event instanceof TaskEvent.Mapped mapped) {
            map(spaces.computeIfAbsent(mapped.pid(), pid -> new TreeMap<>(Long::compareUnsigned)), mapped);
        } else if (event instanceof TaskEvent.Executed executed) {
            spaces.remove(executed.pid());
        } else if (event instanceof TaskEvent.Forked forked && isNewProcess(forked)) {
            Optional.ofNullable(spaces.get(forked.parent()))
                    .ifPresent(space -> spaces.put(forked.pid(), new TreeMap<>(space)));
        }
        return Optional.empty();
    }

    /** Nothing tells that something was unmapped; what another mapping covers was. */
    private static void map(TreeMap<Long, TaskEvent.Mapped> space, TaskEvent.Mapped mapped) {
        Long first = Optional.ofNullable(space.lowerKey(mapped.start())).orElse(mapped.start());
        List<TaskEvent.Mapped> olds =
                List.copyOf(space.subMap(first, true, mapped.end(), false).values());
        for (TaskEvent.Mapped old : olds) {
            space.remove(old.start());
            keep(space, old, old.start(), lower(old.end(), mapped.start()));
            keep(space, old, higher(old.start(), mapped.end()), old.end());
        }
        space.put(mapped.start(), mapped);
    }

    private static void keep(TreeMap<Long, TaskEvent.Mapped> space, TaskEvent.Mapped old, long from, long to) {
        if (Long.compareUnsigned(from, to) < 0) {
            space.put(from, old.part(from, to));
        }
    }

    private static long lower(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? one : other;
    }

    private static long higher(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? other : one;
    }

    /** A process that was there before may have executed another program since, and perf tells all that it has mapped. */
    private static boolean isNewProcess(TaskEvent.Forked forked) {
        return forked.pid() != forked.parent() && forked.nanos() != 0;
    }

    private static Place place(TreeMap<Long, TaskEvent.Mapped> space, long address) {
        Map.Entry<Long, TaskEvent.Mapped> below = space.floorEntry(address);
        if (below == null
                || Long.compareUnsigned(
                                address - below.getKey(), below.getValue().length())
                        >= 0) {
            return NOWHERE;
        }
        TaskEvent.Mapped mapped = below.getValue();
        if (mapped.path().startsWith("[")) {
            return new Place(mapped.path(), 0, 0);
        }
        // perf writes //anon for memory that is no file
        return mapped.path().startsWith("/") && !mapped.path().startsWith("//")
                ? new Place(mapped.path(), mapped.inode(), address - mapped.start() + mapped.offset())
                : NOWHERE;
    }
}
