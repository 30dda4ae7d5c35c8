package io.probeunit.internal.plan;

import java.util.Optional;

/** A probe point as a test names it, before it is looked up in a binary. */
public sealed interface PointSpec permits FunctionSpec, MarkSpec {

    /**
     * Where to look the name up.
     *
     * @return the binary that is meant
     */
    BinarySelector binary();

    /**
     * The target's name.
     *
     * @return empty where the test has one target only
     */
    Optional<String> container();

    /**
     * The point in a person's words.
     *
     * @return for example {@code function reserve_stock} or {@code mark shop:order__placed}
     */
    String describe();
}
