package io.probeunit.internal.coverage;

import java.util.Comparator;

/**
 * A point that is counted, whatever build its file is.
 *
 * @param file where it is
 * @param mark whether it is a mark, and not a function
 * @param name as firings carry it
 */
public record CoveragePoint(File file, boolean mark, String name) implements Comparable<CoveragePoint> {

    private static final Comparator<CoveragePoint> ORDER = Comparator.comparing(CoveragePoint::file)
            .thenComparing(point -> !point.mark())
            .thenComparing(CoveragePoint::name);

    /**
     * A binary of a container.
     *
     * @param container the target's name
     * @param path of the binary in the container
     */
    public record File(String container, String path) implements Comparable<File> {

        private static final Comparator<File> ORDER =
                Comparator.comparing(File::container).thenComparing(File::path);

        @Override
        public int compareTo(File other) {
            return ORDER.compare(this, other);
        }
    }

    /** What it is, in a word. */
    public String kind() {
        return mark ? "mark" : "function";
    }

    @Override
    public int compareTo(CoveragePoint other) {
        return ORDER.compare(this, other);
    }
}
