/** Chooses the host for the targets of a test, with the engines that there are and their preflights. */
@NullMarked
package io.probeunit.internal.hosts;

import org.jspecify.annotations.NullMarked;
