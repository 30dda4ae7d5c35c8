package io.probeunit.engine.stap;

import io.probeunit.engine.ProbePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;

/**
 * The uprobes that a compiled script will register. SystemTap's BPF object names its sections after them:
 * {@code uprobe/KIND/PID/OFFSET/PATH}, with KIND {@code p} or {@code r} and the offset in the file, in bytes.
 *
 * <p>SystemTap looks names up by itself, with debug information where there is some, and may choose another place than we
 * did, or another file. Comparing what it chose with what was meant is what keeps that from going unnoticed.
 */
final class CompiledProbes {

    private static final String PREFIX = "uprobe/";
    private static final int FIELDS = 5;

    private CompiledProbes() {}

    /** One uprobe. */
    record Place(boolean onReturn, long offset, String path) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return "%s0x%x of %s".formatted(onReturn ? "the return of " : "", offset, path);
        }
    }

    /**
     * What SystemTap chose, where it differs from what was meant.
     *
     * @param files in which it differs, as SystemTap knows them
     * @param message the whole story
     */
    record Difference(Set<String> files, String message) {}

    /** Compares places, and how often each is probed: a place that is probed twice counts twice. */
    static Optional<Difference> compare(byte[] object, List<ProbePoint> points, PlaceNames names) {
        List<Place> meant = points.stream()
                .flatMap(CompiledProbes::places)
                .map(place -> new Place(place.onReturn(), place.offset(), names.path(place.path())))
                .toList();
        List<Place> compiled = read(object);
        List<Place> missing = without(meant, compiled);
        List<Place> others = without(compiled, meant);
        if (missing.isEmpty() && others.isEmpty()) {
            return Optional.empty();
        }
        Set<String> files = Stream.concat(missing.stream(), others.stream())
                .map(Place::path)
                .collect(Collectors.toCollection(TreeSet::new));
        return Optional.of(new Difference(
                files,
                "SystemTap chose other places than were meant. Meant and not probed: %s. Probed and not meant, or once too often: %s. Is there separate debug information on this host that does not belong to the container's binary? SYSTEMTAP_DEBUGINFO_PATH in probeunit.stap.environment (probeunit.sidecar.stap.environment in a sidecar, probeunit.container.stap.environment in a container) tells SystemTap where to look."
                        .formatted(missing, others)));
    }

    /** Where the points are, as text: two binaries at one path, one after the other, differ in it. */
    static String describe(List<ProbePoint> points) {
        return points.stream().flatMap(CompiledProbes::places).toList().toString();
    }

    /** How many uprobes the points need. */
    static int count(List<ProbePoint> points) {
        return (int) points.stream().flatMap(CompiledProbes::places).count();
    }

    private static List<Place> without(List<Place> all, List<Place> some) {
        List<Place> rest = new ArrayList<>(all);
        some.forEach(rest::remove);
        Collections.sort(rest);
        return rest;
    }

    private static List<Place> read(byte[] object) {
        ElfFile elf = ElfFile.from(object);
        List<Place> places = new ArrayList<>();
        for (int i = 1; i < elf.e_shnum; i++) {
            ElfSection section = elf.getSection(i);
            String name = section.header.getName();
            if (name != null && name.startsWith(PREFIX)) {
                places.add(place(name));
            }
        }
        return places;
    }

    private static Place place(String section) {
        String[] fields = section.split("/", FIELDS);
        return new Place(fields[1].equals("r"), Long.parseLong(fields[3]), "/" + fields[FIELDS - 1]);
    }

    /** Each place of a point once. */
    private static Stream<Place> places(ProbePoint point) {
        boolean onReturn = point instanceof ProbePoint.Function function && function.onReturn();
        return PlaceNames.offsets(point)
                .mapToObj(offset -> new Place(onReturn, offset, point.file().hostPath()));
    }
}
