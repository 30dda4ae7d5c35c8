/**
 * The interface of every engine: preflight, sessions, barriers; and the way from names in a plan to probe points in
 * binaries.
 */
@NullMarked
package io.probeunit.internal.engine;

import org.jspecify.annotations.NullMarked;
