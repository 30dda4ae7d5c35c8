package io.probeunit.internal.recording;

import io.probeunit.Recording;
import java.util.List;

/** A recording that can tell the whole story of its window. */
public interface ProbedRecording extends Recording {

    /**
     * All that is known, as of now. Answers even where the engine was lost.
     *
     * @return the summary
     */
    Summary summary();

    /**
     * Judges whether there are firings one after the other, as of now.
     *
     * @param names functions (as for {@link #function(String)}, or {@code NAME.return}) or marks
     * @return the outcome
     * @throws io.probeunit.ProbeException if a name is not probed, or is ambiguous
     */
    OrderOutcome order(List<String> names);

    @Override
    ObservedFirings function(String name);

    @Override
    ObservedFirings functionReturn(String name);

    @Override
    ObservedFirings mark(String name);

    @Override
    ObservedFirings firings();
}
