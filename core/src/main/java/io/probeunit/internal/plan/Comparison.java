package io.probeunit.internal.plan;

import java.util.Arrays;
import java.util.Optional;

/** The operators of a condition. */
public enum Comparison {
    /** Equal. */
    EQUAL("=="),
    /** Not equal. */
    NOT_EQUAL("!="),
    /** Less, or equal. */
    AT_MOST("<="),
    /** Greater, or equal. */
    AT_LEAST(">="),
    /** A regular expression that is found somewhere in the text. */
    FINDS("=~"),
    /** Less. */
    LESS("<"),
    /** Greater. */
    GREATER(">");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The operator as it is written.
     *
     * @return for example {@code <=}
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Says whether the operator orders values, which text does not have.
     *
     * @return true for {@code < <= > >=}
     */
    boolean isOrder() {
        return this == LESS || this == AT_MOST || this == AT_LEAST || this == GREATER;
    }

    /**
     * Judges the result of comparing the value with the literal.
     *
     * @param sign negative if the value is less, 0 if equal, positive if greater
     * @return true if the comparison holds
     */
    public boolean holds(int sign) {
        return switch (this) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case LESS -> sign < 0;
            case AT_MOST -> sign <= 0;
            case GREATER -> sign > 0;
            case AT_LEAST -> sign >= 0;
            case FINDS -> throw new IllegalStateException("=~ compares text, not order");
        };
    }

    /** The operator that holds exactly where this one does not. */
    Comparison opposite() {
        return switch (this) {
            case EQUAL -> NOT_EQUAL;
            case NOT_EQUAL -> EQUAL;
            case LESS -> AT_LEAST;
            case AT_MOST -> GREATER;
            case GREATER -> AT_MOST;
            case AT_LEAST -> LESS;
            case FINDS -> throw new IllegalStateException("=~ has no opposite");
        };
    }

    /** Finds the operator that a text starts with; the longer ones come first in this enum. */
    static Optional<Comparison> startOf(String text) {
        return Arrays.stream(values()).filter(o -> text.startsWith(o.symbol)).findFirst();
    }
}
