/**
 * From a session of an engine to what a test sees: windows between barriers, the firings in them, what was lost, and the
 * verdicts on what was expected.
 *
 * <p>Counts come from the engine's counters and are exact. Details of single firings are assigned to windows by counting
 * them, so that none is lost or doubled, and {@code count()} is never less than the length of {@code list()}.
 */
@NullMarked
package io.probeunit.internal.recording;

import org.jspecify.annotations.NullMarked;
