package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Makes marks of notes: addresses corrected and found in the file, sites of one name brought together. */
final class MarkReader {

    private final Sections sections;
    private final Segments segments;
    private final OperandReader operands;
    private final String path;
    private final List<String> warnings;
    private final MarkPlaces places;
    private final List<LeftOutMark> leftOut = new ArrayList<>();

    MarkReader(
            Sections sections,
            Segments segments,
            OperandReader operands,
            MarkPlaces places,
            String path,
            List<String> warnings) {
        this.sections = sections;
        this.segments = segments;
        this.operands = operands;
        this.places = places;
        this.path = path;
        this.warnings = warnings;
    }

    private record Key(String provider, String name) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::provider).thenComparing(Key::name);
    }

    /** The notes whose sites were left out by {@link #read}. */
    List<LeftOutMark> leftOut() {
        return List.copyOf(leftOut);
    }

    List<Mark> read(List<FileContent> notes) {
        Map<Key, Map<Long, MarkSite>> sites = new TreeMap<>(Key.ORDER);
        int malformed = 0;
        for (FileContent descriptor : notes) {
            Optional<StapsdtNote> note = StapsdtNote.decode(descriptor);
            if (note.isEmpty()) {
                malformed++;
                continue;
            }
            site(note.get())
                    .ifPresent(site -> sites.computeIfAbsent(
                                    new Key(note.get().provider(), note.get().name()),
                                    key -> new TreeMap<>(Long::compareUnsigned))
                            .merge(site.address(), site, MarkReader::together));
        }
        if (malformed > 0) {
            warnings.add("%d notes of marks of %s are malformed and were left out.".formatted(malformed, path));
        }
        List<Mark> marks = new ArrayList<>();
        sites.forEach(
                (key, byAddress) -> marks.add(new Mark(key.provider(), key.name(), List.copyOf(byAddress.values()))));
        return marks;
    }

    /**
     * Two notes of one mark at one address: a linker that folds functions of equal code leaves both. Which one is passed is
     * not to be told, so an argument is known only where they agree.
     */
    private static MarkSite together(MarkSite one, MarkSite other) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < Math.min(one.operands().size(), other.operands().size()); i++) {
            Operand operand = one.operands().get(i);
            operands.add(
                    operand.equals(other.operands().get(i))
                            ? operand
                            : new Operand(
                                    operand.size(),
                                    operand.signed(),
                                    new OperandLocation.Unsupported(
                                            "two notes of the mark are at one address, 0x%x, and give different places for it (%s and %s), because the linker folded two functions into one; link without --icf"
                                                    .formatted(
                                                            one.address(),
                                                            operand.text(),
                                                            other.operands()
                                                                    .get(i)
                                                                    .text())),
                                    operand.text()));
        }
        return new MarkSite(one.address(), one.fileOffset(), one.semaphore().or(other::semaphore), operands);
    }

    private Optional<MarkSite> site(StapsdtNote note) {
        long moved = movedBy(note.base());
        long address = note.address() + moved;
        OptionalLong offset = segments.codeOffset(address);
        if (offset.isEmpty()) {
            warnings.add("The mark %s:%s of %s lies outside of the code, at 0x%x; this site was left out."
                    .formatted(note.provider(), note.name(), path, address));
            return leaveOut(note, "its note leads to 0x%x, outside of the code".formatted(address));
        }
        Optional<String> refusal = places.refusal(address, offset.getAsLong());
        if (refusal.isPresent()) {
            warnings.add("The mark %s:%s of %s leads to 0x%x, and %s; this site was left out."
                    .formatted(note.provider(), note.name(), path, address, refusal.get()));
            return leaveOut(note, "its note leads to 0x%x, and %s".formatted(address, refusal.get()));
        }
        Optional<Semaphore> semaphore = Optional.empty();
        if (note.semaphore() != 0) {
            long counter = note.semaphore() + moved;
            OptionalLong counterOffset = segments.offset(counter);
            // a mark that cannot be switched on would silently never fire
            if (counterOffset.isEmpty()) {
                warnings.add(
                        "The semaphore of the mark %s:%s of %s is not in the file, at 0x%x; this site was left out."
                                .formatted(note.provider(), note.name(), path, counter));
                return leaveOut(note, "its semaphore is not in the file, at 0x%x".formatted(counter));
            }
            semaphore =
                    Optional.of(new Semaphore(counter, counterOffset.getAsLong(), segments.isMappedBefore(counter)));
        }
        return Optional.of(
                new MarkSite(address, offset.getAsLong(), semaphore, operands.read(note.operands(), address)));
    }

    private Optional<MarkSite> leaveOut(StapsdtNote note, String cause) {
        leftOut.add(new LeftOutMark(note.provider(), note.name(), cause));
        return Optional.empty();
    }

    /** Prelink moves code and data, but does not know the notes, which are not loaded; it does move this section. */
    private long movedBy(long base) {
        return base == 0
                ? 0
                : sections.named(BinaryReader.BASE_OF_MARKS)
                        .map(section -> section.address() - base)
                        .orElse(0L);
    }
}
