/** Threads, deadlines and waiting, as all other packages use them. Begin at {@code Interrupts} and {@code Deadline}. */
@NullMarked
package io.probeunit.internal.concurrent;

import org.jspecify.annotations.NullMarked;
