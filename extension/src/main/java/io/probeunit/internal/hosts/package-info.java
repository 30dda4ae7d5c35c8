/** From where the targets of a test are probed, with the engines that there are and the preflight of each. */
@NullMarked
package io.probeunit.internal.hosts;

import org.jspecify.annotations.NullMarked;
