/** JUnit's callbacks: what ProbeUnit does before and after a test, and the result that the test then has. */
@NullMarked
package io.probeunit.internal.junit.lifecycle;

import org.jspecify.annotations.NullMarked;
