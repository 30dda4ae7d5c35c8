/**
 * For tests with containers that are in no field: {@link io.probeunit.junit.ProbeExtension} adds them as targets.
 */
@NullMarked
package io.probeunit.junit;

import org.jspecify.annotations.NullMarked;
