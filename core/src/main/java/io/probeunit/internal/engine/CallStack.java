package io.probeunit.internal.engine;

import io.probeunit.Frame;
import java.util.List;
import java.util.Optional;

/**
 * Who called.
 *
 * @param frames the innermost first; empty if no stack was copied
 * @param cut why there are no more, without a full stop; empty if nothing is missing
 */
public record CallStack(List<Frame> frames, Optional<String> cut) {

    /** No stack was copied. */
    public static final CallStack NONE = new CallStack(List.of(), Optional.empty());

    /** Keeps a copy of the list. */
    public CallStack {
        frames = List.copyOf(frames);
    }
}
