package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.ProbePoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static final int INSTRUCTION = 8;
    private static final int MOVE = 0xbf;
    private static final int WIDE = 0x18;

    /** Classes of instructions that write a register: loads and arithmetic. */
    private static final Set<Integer> WRITING = Set.of(0, 1, 4, 7);

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
                "SystemTap chose other places than ProbeUnit asked for (PU1107). Asked for and not probed: %s. Probed and not asked for, or once too often: %s. Is there separate debug information on this host that does not belong to the container's binary? SYSTEMTAP_DEBUGINFO_PATH in probeunit.stap.environment (probeunit.sidecar.stap.environment in a sidecar, probeunit.container.stap.environment in a container) tells SystemTap where to look."
                        .formatted(missing, others)));
    }

    /** Whether every handler keeps the context of its probe in R6 from its begin to its end. */
    static boolean keepContext(byte[] object) {
        return handlers(object)
                .map(section -> ByteBuffer.wrap(section.getData()))
                .allMatch(CompiledProbes::keepsContext);
    }

    /** The fields of an instruction are those of {@code struct bpf_insn}; its class is in the lowest bits of the opcode. */
    private static boolean keepsContext(ByteBuffer code) {
        int moves = 0;
        for (int at = 0; at < code.limit(); at += INSTRUCTION) {
            int opcode = code.get(at) & 0xff;
            int registers = code.get(at + 1);
            boolean writesR6 = WRITING.contains(opcode & 7) && (registers & 0xf) == 6;
            if (writesR6 && (opcode != MOVE || registers >> 4 != 1)) {
                return false;
            }
            moves += writesR6 ? 1 : 0;
            // the second half of a constant of 64 bits
            at += opcode == WIDE ? INSTRUCTION : 0;
        }
        return moves == 1;
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
        return handlers(object).map(section -> place(section.header.getName())).toList();
    }

    private static Stream<ElfSection> handlers(byte[] object) {
        ElfFile elf = ElfFile.from(object);
        return IntStream.range(1, elf.e_shnum).mapToObj(elf::getSection).filter(section -> {
            String name = section.header.getName();
            return name != null && name.startsWith(PREFIX);
        });
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
