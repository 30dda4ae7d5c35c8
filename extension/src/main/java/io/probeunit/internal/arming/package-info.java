/** From the requests of one test to armed probes and an open window. */
@NullMarked
package io.probeunit.internal.arming;

import org.jspecify.annotations.NullMarked;
