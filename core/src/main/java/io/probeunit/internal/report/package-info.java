/** Reports about a window for people: the text of a failed test, and the table of firings. */
@NullMarked
package io.probeunit.internal.report;

import org.jspecify.annotations.NullMarked;
