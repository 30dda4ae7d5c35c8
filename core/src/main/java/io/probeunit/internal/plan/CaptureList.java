package io.probeunit.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the values that are captured at one point, each once. Of one thread. */
public final class CaptureList {

    private final List<Capture> captures = new ArrayList<>();

    /**
     * Begins with the values that are asked for.
     *
     * @param texts such as {@code arg2:string}
     * @throws PlanException if one is not understood, or two of one name differ
     */
    public CaptureList(List<String> texts) {
        for (String text : texts) {
            Capture capture = Capture.parse(text);
            Optional<Capture> before = named(capture);
            if (before.isEmpty()) {
                captures.add(capture);
            } else if (!before.get().equals(capture)) {
                throw new PlanException(
                        "%s is captured twice, as %s and as %s (PU0220); a firing has one value of that name."
                                .formatted(capture.key(), before.get(), capture));
            }
        }
    }

    /**
     * Reads conditions, and captures what they need.
     *
     * @param texts such as {@code arg1 == 42}
     * @return the conditions
     * @throws PlanException if one is not understood, or reads a value in another way than it is captured
     */
    public List<Condition> where(List<String> texts) {
        List<Condition> conditions = new ArrayList<>();
        for (String text : texts) {
            Condition condition = Condition.parse(text, captures);
            conditions.add(condition);
            add(condition);
        }
        return conditions;
    }

    /**
     * Captures what a condition needs.
     *
     * @param condition of the point
     * @throws PlanException if it reads a value in another way than it is captured
     */
    public void add(Condition condition) {
        Capture value = condition.value();
        Optional<Capture> before = named(value);
        if (before.isEmpty()) {
            captures.add(value);
        } else if (before.get().isString() != value.isString()) {
            throw new PlanException(
                    "where = \"%s\" reads %s, but it is captured as %s; write capture = \"%2$s\" (PU0222)."
                            .formatted(condition.text(), value, before.get()));
        }
    }

    /**
     * All of them.
     *
     * @return in the order in which they were asked for
     */
    public List<Capture> all() {
        return List.copyOf(captures);
    }

    private Optional<Capture> named(Capture capture) {
        return captures.stream()
                .filter(c -> c.source().equals(capture.source()))
                .findFirst();
    }
}
