package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.FunctionCode;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkLookup;
import io.probeunit.internal.binary.MarkSite;
import java.util.ArrayList;
import java.util.List;

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
