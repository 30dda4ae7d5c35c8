/** Warns about JUnit configuration parameters that look like settings and are not; called by JUnit's launcher. */
@NullMarked
package io.probeunit.internal.junit.settings;

import org.jspecify.annotations.NullMarked;
