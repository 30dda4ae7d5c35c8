/**
 * From a session of an engine to what a test sees: windows between barriers, the firings in them, what was lost, and the
 * verdicts on what was expected.
 *
 * <p>Counts come from the engine's counters and are exact. Details of single firings are assigned to windows by counting
 * them, so that none is lost or doubled, and {@code count()} is never less than the length of {@code list()}.
 *
 * <p>Why a verdict is inconclusive: {@link io.probeunit.internal.plan.Doubt} says the way of a doubt from its cause to the
 * failure. {@code Observation} makes an interval of a count and its doubts, and {@code Verdict} compares it with the bounds;
 * {@code Punctuality} does so for the times of calls.
 */
@NullMarked
package io.probeunit.internal.recording;

import org.jspecify.annotations.NullMarked;
