/** The engine that arms probes with SystemTap: script, compilation, the process that holds the probes, clean-up. */
@NullMarked
package io.probeunit.internal.engine.stap;

import org.jspecify.annotations.NullMarked;
