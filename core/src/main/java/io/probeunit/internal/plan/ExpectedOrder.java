package io.probeunit.internal.plan;

import java.util.List;

/**
 * Names that must have fired one after the other.
 *
 * @param names functions and marks, two or more, in the order wanted
 * @param declaration the annotation as a person would recognise it in a message
 */
public record ExpectedOrder(List<String> names, String declaration) {

    /** Keeps a copy of the list, and refuses what is no order. */
    public ExpectedOrder {
        names = List.copyOf(names);
        if (names.size() < 2) {
            throw new PlanException(
                    "an order needs two names or more (PU0202); for one name, use @ExpectFunction or @ExpectMark.");
        }
    }
}
