package io.probeunit.internal.binary;

/** Bounds what one name costs: a damaged one, which may refer back to itself, must not cost more than a sound one. */
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
