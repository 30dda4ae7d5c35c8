/**
 * The marks that a binary carries: read wherever this user may, written as snapshots, and compared with them. Needs no
 * engine, and no privileges but access to Docker.
 */
@NullMarked
package io.probeunit.internal.inventory;

import org.jspecify.annotations.NullMarked;
