/** What {@code @ExpectSampled} needs: samples of the CPUs of a container, and what they say. */
@NullMarked
package io.probeunit.internal.junit.sampling;

import org.jspecify.annotations.NullMarked;
