package io.probeunit.internal.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of snapshots.
 *
 * @param update whether they are written, and nothing is compared
 * @param folder where the sources of the test resources are, if that was said
 */
public record SnapshotSettings(boolean update, Optional<Path> folder) {}
