/**
 * The marks and functions of a binary: read from the machine or through the Docker daemon, written as snapshots, and
 * compared with them. Needs no engine, and no privileges except access to Docker.
 */
@NullMarked
package io.probeunit.internal.inventory;

import org.jspecify.annotations.NullMarked;
