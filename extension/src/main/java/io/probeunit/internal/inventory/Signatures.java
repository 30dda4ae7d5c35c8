package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.Operand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a mark that its users depend on: its names, the types of its arguments, and whether it is guarded. Its
 * sites, and the places of its values, change with every build.
 */
final class Signatures {

    /** What the note says of an argument before its place: {@code -4@}, {@code 8f@}. */
    private static final Pattern TYPE = Pattern.compile("(-?)([0-9]{1,3})(f?)@.*", Pattern.DOTALL);

    /** Blanks, colons, parentheses and the like would make a snapshot's line ambiguous. */
    private static final Pattern STRANGE = Pattern.compile("[^\\p{L}\\p{N}_.$@*?!%&+/<>~^-]");

    private Signatures() {}

    static Marks.Mark of(Mark mark) {
        return new Marks.Mark(
                plain(mark.provider()),
                plain(mark.name()),
                mark.sites().stream()
                        .map(site ->
                                site.operands().stream().map(Signatures::type).toList())
                        .toList(),
                mark.guarded());
    }

    /** The type that the source has; the register that holds the value may be narrower, as the compiler likes. */
    private static String type(Operand operand) {
        Matcher note = TYPE.matcher(operand.text());
        if (!note.matches()) {
            return "?";
        }
        int bits = 8 * Integer.parseInt(note.group(2));
        String kind = !note.group(3).isEmpty() ? "f" : note.group(1).isEmpty() ? "u" : "s";
        return kind + bits;
    }

    private static String plain(String name) {
        return STRANGE.matcher(name)
                .replaceAll(match -> "\\\\u{%x}".formatted(match.group().codePointAt(0)));
    }
}
