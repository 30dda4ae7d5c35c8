package io.probeunit.internal.plan;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the names that somebody may have meant by a name that does not exist: of functions, marks, containers, files or
 * captures.
 *
 * <p>Near is a name that differs in case or separators only, or by a few typing errors (one in three characters, two from
 * four characters on, at most eight; two neighbours swapped are one error), or of which one contains the other (three
 * characters or more) or begins with it (two). Takes time in proportion to the number of names, tens of milliseconds for 100,000. Thread-safe.
 */
public final class NearestNames {

    private static final int MOST_ERRORS = 8;
    private static final int SHORT = 4;
    private static final int SHORTEST_CONTAINED = 3;
    private static final int SCORE_CONTAINED = 2;

    private NearestNames() {}

    /**
     * Finds the nearest names.
     *
     * @param wanted the name that does not exist
     * @param names the names that do
     * @param limit the most names that are wanted, at least 0
     * @return different names, the nearest first; of equally near ones that of the more similar length, then the
     *     alphabetically first; empty if none is near
     */
    public static List<String> to(String wanted, Collection<String> names, int limit) {
        Wanted target = new Wanted(wanted);
        return names.stream()
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> new Scored(name, target.score(name), Math.abs(name.length() - wanted.length())))
                .filter(scored -> scored.score() < Integer.MAX_VALUE)
                .sorted(Scored.NEAREST_FIRST)
                .limit(limit)
                .map(Scored::name)
                .toList();
    }

    private record Scored(String name, int score, int lengthDifference) {
        static final Comparator<Scored> NEAREST_FIRST = Comparator.comparingInt(Scored::score)
                .thenComparingInt(Scored::lengthDifference)
                .thenComparing(Scored::name);
    }

    /** The wanted name, prepared for many comparisons. */
    private static final class Wanted {
        private final String lower;
        private final String bare;
        private final int allowed;
        private final long kinds;

        Wanted(String name) {
            lower = name.toLowerCase(Locale.ROOT);
            bare = withoutSeparators(lower);
            kinds = kinds(lower);
            allowed = Math.min(MOST_ERRORS, name.length() < SHORT ? 1 : Math.max(2, name.length() / 3));
        }

        int score(String name) {
            String other = name.toLowerCase(Locale.ROOT);
            if (other.equals(lower) || isBare(other)) {
                return 0;
            }
            int shorter = Math.min(lower.length(), other.length());
            boolean contained = shorter >= SHORTEST_CONTAINED && (lower.contains(other) || other.contains(lower))
                    || shorter == SHORTEST_CONTAINED - 1 && (lower.startsWith(other) || other.startsWith(lower));
            int errors = mayBeWithin(other) ? EditDistance.between(lower, other, allowed) : Integer.MAX_VALUE;
            return contained ? Math.min(errors, SCORE_CONTAINED) : errors;
        }

        /**
         * Sorts out most names before they are compared: an error takes away one character at most, so that a name with
         * more kinds of characters that the other lacks than errors are allowed is not near.
         */
        private boolean mayBeWithin(String other) {
            if (Math.abs(lower.length() - other.length()) > allowed) {
                return false;
            }
            long there = kinds(other);
            return Long.bitCount(kinds & ~there) <= allowed && Long.bitCount(there & ~kinds) <= allowed;
        }

        /** A bit for each kind of character; some share one, so that names may only seem more alike than they are. */
        private static long kinds(String text) {
            long kinds = 0;
            for (int i = 0; i < text.length(); i++) {
                kinds |= 1L << text.charAt(i);
            }
            return kinds;
        }

        /** Says whether a name differs in separators only. */
        private boolean isBare(String other) {
            int at = 0;
            for (int i = 0; i < other.length(); i++) {
                char c = other.charAt(i);
                if (isSeparator(c)) {
                    continue;
                }
                if (at == bare.length() || c != bare.charAt(at)) {
                    return false;
                }
                at++;
            }
            return at == bare.length() && at > 0;
        }

        private static String withoutSeparators(String text) {
            StringBuilder bare = new StringBuilder(text.length());
            text.chars().filter(c -> !isSeparator((char) c)).forEach(c -> bare.append((char) c));
            return bare.toString();
        }

        private static boolean isSeparator(char c) {
            return c == '_' || c == '-' || c == '.' || c == ':';
        }
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), up to a bound. */
    static final class EditDistance {

        private EditDistance() {}

        /** Returns the distance, or {@link Integer#MAX_VALUE} if it is greater than {@code most}. */
        static int between(String a, String b, int most) {
            if (Math.abs(a.length() - b.length()) > most) {
                return Integer.MAX_VALUE;
            }
            int beyond = most + 1;
            int[] beforeLast = new int[b.length() + 1];
            int[] last = new int[b.length() + 1];
            int[] row = new int[b.length() + 1];
            for (int j = 0; j <= b.length(); j++) {
                last[j] = Math.min(j, beyond);
            }
            for (int i = 1; i <= a.length(); i++) {
                // cells further than the bound from the diagonal cannot lie on a path within the bound
                int from = Math.max(1, i - most);
                int to = Math.min(b.length(), i + most);
                Arrays.fill(row, beyond);
                row[0] = Math.min(i, beyond);
                int least = row[0];
                for (int j = from; j <= to; j++) {
                    int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    int cell = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                    if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                        cell = Math.min(cell, beforeLast[j - 2] + 1);
                    }
                    row[j] = Math.min(cell, beyond);
                    least = Math.min(least, row[j]);
                }
                // a swap adds one to a cell two rows back, so that the row between had one within the bound too
                if (least > most) {
                    return Integer.MAX_VALUE;
                }
                int[] free = beforeLast;
                beforeLast = last;
                last = row;
                row = free;
            }
            int distance = last[b.length()];
            return distance > most ? Integer.MAX_VALUE : distance;
        }
    }
}
