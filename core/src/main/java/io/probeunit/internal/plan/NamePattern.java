package io.probeunit.internal.plan;

import java.util.regex.Pattern;

/**
 * The name of a function, a mark or a provider, or a glob over such names.
 *
 * <p>In a glob, {@code *} stands for any run of characters, {@code ?} for one character, and {@code [abc]},
 * {@code [a-z]}, {@code [!x]} for one of a set. A name without any of these is matched to the letter.
 *
 * <p>Names hold no control characters, and blanks only where the source has them ({@code f(unsigned int)}); immutable and thread-safe.
 *
 * @param text the name or glob, never empty
 */
public record NamePattern(String text) {

    private static final Pattern OUTER_BLANK = Pattern.compile("^ | $|  ");
    private static final int LONGEST = 1024;

    /** Checks the text. */
    public NamePattern {
        if (text.isEmpty()) {
            throw new PlanException(
                    "The name is empty (PU0204); give the name of a function or a mark, or a glob such as \"sort_*\".");
        }
        if (text.length() > LONGEST) {
            throw new PlanException(
                    "The name is %d characters long; at most %d are allowed (PU0205). Give the name of one symbol, or a glob that matches it."
                            .formatted(text.length(), LONGEST));
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)
                || OUTER_BLANK.matcher(text).find()) {
            throw new PlanException(
                    "The name '%s' begins or ends with white space, or holds a control character or two blanks in a row (PU0206); names hold none of these."
                            .formatted(printable(text)));
        }
        if (isGlob(text)) {
            GlobSyntax.compile(text);
        }
    }

    /**
     * Says whether this stands for any number of names.
     *
     * @return true if the text holds a wildcard
     */
    public boolean isGlob() {
        return isGlob(text);
    }

    /**
     * Says whether a name is meant by this pattern.
     *
     * @param name a whole name
     * @return true if it is
     */
    public boolean matches(String name) {
        return isGlob() ? toRegex().matcher(name).matches() : text.equals(name);
    }

    /**
     * The pattern as a regular expression, for matching many names.
     *
     * @return a compiled expression that matches whole names
     */
    public Pattern toRegex() {
        return isGlob() ? GlobSyntax.compile(text) : Pattern.compile(Pattern.quote(text));
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> c < ' ' || c == 0x7f ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
