/** The life of a test: what is done before and after it, at what time, and what its result becomes. */
@NullMarked
package io.probeunit.internal.junit.lifecycle;

import org.jspecify.annotations.NullMarked;
