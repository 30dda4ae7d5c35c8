/** Reports about a window for people: the text of a failed test, and the timeline of firings. */
@NullMarked
package io.probeunit.internal.report;

import org.jspecify.annotations.NullMarked;
