package io.probeunit.internal.columns;

import io.probeunit.internal.engine.RawFiring;

/** Some firings of one point. Rows that exist never change. */
sealed interface Chunk permits OpenChunk, PackedChunk {

    int size();

    long nanos(int row);

    RawFiring get(int row);
}
