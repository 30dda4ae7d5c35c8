/**
 * Checks beside the probes while a window is open: files, code in memory, processes, semaphores. What a check finds
 * becomes a doubt or a note.
 */
@NullMarked
package io.probeunit.internal.watch;

import org.jspecify.annotations.NullMarked;
