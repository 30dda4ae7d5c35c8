package io.probeunit.internal.inventory;

import java.nio.file.Path;

/** The result of comparing with a snapshot, or of writing it. */
public sealed interface SnapshotResult {

    /**
     * The marks are those of the snapshot.
     *
     * @param place of the snapshot
     */
    record Same(String place) implements SnapshotResult {}

    /**
     * They are not.
     *
     * @param place of the snapshot
     * @param expected the marks of the snapshot as it would be written now, without its comments
     * @param actual the marks found, written in the same way
     * @param difference at least one
     */
    record Different(String place, String expected, String actual, MarksDifference difference)
            implements SnapshotResult {}

    /**
     * The snapshot was written.
     *
     * @param file where
     * @param isNew whether there was none before
     */
    record Written(Path file, boolean isNew) implements SnapshotResult {}
}
