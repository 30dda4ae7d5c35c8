package io.probeunit.recording;

import io.probeunit.Recording;

/** A recording that can tell the whole story of its window. */
public interface ProbedRecording extends Recording {

    /**
     * All that is known, as of now. Answers even where the engine was lost.
     *
     * @return the summary
     */
    Summary summary();

    @Override
    ObservedFirings function(String name);

    @Override
    ObservedFirings functionReturn(String name);

    @Override
    ObservedFirings mark(String name);

    @Override
    ObservedFirings firings();
}
