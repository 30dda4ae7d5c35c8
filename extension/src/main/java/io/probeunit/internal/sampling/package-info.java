/** What {@code @ExpectSampled} needs: samples of the CPUs of a container, and what they say. */
@NullMarked
package io.probeunit.internal.sampling;

import org.jspecify.annotations.NullMarked;
