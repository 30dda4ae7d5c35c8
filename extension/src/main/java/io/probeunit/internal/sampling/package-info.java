/** What {@code @ExpectSampled} needs: samples of a container's code, the shares of functions in them, and verdicts. */
@NullMarked
package io.probeunit.internal.sampling;

import org.jspecify.annotations.NullMarked;
