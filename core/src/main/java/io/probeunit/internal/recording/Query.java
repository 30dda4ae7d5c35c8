package io.probeunit.internal.recording;

/**
 * The points that a test asks about.
 *
 * @param kind what to look for
 * @param name its name; empty for everything
 */
record Query(Kind kind, String name) {

    /** What can be asked for. */
    enum Kind {
        FUNCTION,
        RETURN,
        MARK,
        EVERYTHING
    }

    static Query everything() {
        return new Query(Kind.EVERYTHING, "");
    }

    String describe() {
        return switch (kind) {
            case FUNCTION -> "function " + name;
            case RETURN -> "return of function " + name;
            case MARK -> "mark " + name;
            case EVERYTHING -> "all probe points";
        };
    }
}
