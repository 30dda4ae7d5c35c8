package io.probeunit.internal.names;

/** Limits the work for one name: a damaged name, which may refer to itself, must not cost more than a correct one. */
final class CxxEffort {

    private static final int DEEPEST = 200;
    private static final int MOST = 100_000;
    private static final int CHARACTERS = 16;

    private int depth;
    private int spent;

    void deeper() {
        if (++depth > DEEPEST) {
            throw new CxxNotUnderstood();
        }
    }

    void back() {
        depth--;
    }

    /** Counts a text that was made. */
    void spend(int length) {
        spent += 1 + length / CHARACTERS;
        if (spent > MOST) {
            throw new CxxNotUnderstood();
        }
    }
}
