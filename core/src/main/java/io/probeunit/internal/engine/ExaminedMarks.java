package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.FunctionCode;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkLookup;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.MarkStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the code around the marks that were found, before they are probed. */
final class ExaminedMarks {

    private ExaminedMarks() {}

    /**
     * The same marks without the sites that lie within an instruction, and with what is to be said of the rest.
     *
     * @throws ProbeException if nothing of a mark is left
     */
    static MarkLookup.Found examine(MarkLookup.Found found, FunctionCode code) {
        List<String> notes = new ArrayList<>(found.notes());
        return new MarkLookup.Found(
                found.marks().stream().map(mark -> examine(mark, code, notes)).toList(), notes);
    }

    /** The marks of a glob of which nothing is left; none if that is all of them, which is an error. */
    static List<Resolved.LeftOut> leftOut(MarkLookup.Found found, FunctionCode code) {
        List<Resolved.LeftOut> none = withinInstructions(found.marks(), code);
        return none.size() == found.marks().size() ? List.of() : none;
    }

    /** The marks of which nothing is left. */
    static List<Resolved.LeftOut> withinInstructions(List<Mark> marks, FunctionCode code) {
        return marks.stream()
                .filter(mark -> mark.sites().stream()
                        .allMatch(site -> code.standing(site) == MarkStanding.WITHIN_AN_INSTRUCTION))
                .map(mark -> new Resolved.LeftOut(
                        mark.qualifiedName(), "all its notes lead into the middle of instructions"))
                .toList();
    }

    static MarkLookup.Found without(MarkLookup.Found found, List<Resolved.LeftOut> leftOut) {
        Set<String> names = leftOut.stream().map(Resolved.LeftOut::name).collect(Collectors.toSet());
        return new MarkLookup.Found(
                found.marks().stream()
                        .filter(mark -> !names.contains(mark.qualifiedName()))
                        .toList(),
                found.notes());
    }

    private static Mark examine(Mark mark, FunctionCode code, List<String> notes) {
        List<MarkSite> sites = new ArrayList<>();
        for (MarkSite site : mark.sites()) {
            switch (code.standing(site)) {
                case PLAIN -> sites.add(site);
                case ON_FIVE_BYTES -> {
                    sites.add(site);
                    notes.add(
                            "%s is on a nop of five bytes at 0x%x. Linux 6.18 and later turns a probe there into a call, which writes below the stack pointer: a function that keeps values there without moving it (its red zone) may compute wrong. Build it with a sys/sdt.h that puts marks on a nop of one byte."
                                    .formatted(mark.qualifiedName(), site.address()));
                }
                case WITHIN_AN_INSTRUCTION ->
                    notes.add(
                            "One note of %s is left out: it leads into the middle of an instruction, at 0x%x. The linker discarded its function and left the note."
                                    .formatted(mark.qualifiedName(), site.address()));
            }
        }
        if (sites.isEmpty()) {
            throw new ProbeException(
                    "The mark %s is not in the file: all its notes lead into the middle of instructions (PU0726). The linker discarded its function and left the notes. Probe a mark of code that is used, or keep its function."
                            .formatted(mark.qualifiedName()));
        }
        return new Mark(mark.provider(), mark.name(), sites);
    }
}
