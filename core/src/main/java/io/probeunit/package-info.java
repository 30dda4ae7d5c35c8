/**
 * What a test sees of its probes: what was recorded while it ran.
 */
@NullMarked
package io.probeunit;

import org.jspecify.annotations.NullMarked;
