/** What people read about a window: the story of a failed test, and the timeline of what fired. */
@NullMarked
package io.probeunit.internal.report;

import org.jspecify.annotations.NullMarked;
