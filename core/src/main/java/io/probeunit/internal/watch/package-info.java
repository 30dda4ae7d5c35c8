/**
 * What is looked at beside the probes while a window is open: files, code in memory, processes, semaphores. A look that finds
 * something makes a doubt.
 */
@NullMarked
package io.probeunit.internal.watch;

import org.jspecify.annotations.NullMarked;
