/**
 * What the tests of a class saw, for a browser and for programs: a page with all firings in the order of time, and the
 * firings of a test line by line.
 */
@NullMarked
package io.probeunit.internal.timeline;

import org.jspecify.annotations.NullMarked;
