package io.probeunit.internal.recording;

import java.util.List;

/**
 * Whether probe points fired in a given order.
 *
 * @param names functions or marks, in the order wanted
 * @param verdict whether there are firings in this order
 * @param story what was found, step by step, in a person's words
 */
public record OrderOutcome(List<String> names, Verdict verdict, String story) {

    /** Keeps a copy of the list. */
    public OrderOutcome {
        names = List.copyOf(names);
    }
}
