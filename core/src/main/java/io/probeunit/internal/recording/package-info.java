/**
 * From a session of an engine to what a test sees: windows between barriers, the firings in them, what was lost, and
 * the verdicts on what was expected.
 *
 * <p>Counts come from the engine's counters and are exact. Details of single firings are counted, and so assigned to
 * windows: none is lost or doubled, and {@code count()} is never less than the length of {@code list()}.
 *
 * <p>{@link io.probeunit.internal.plan.Doubt} explains why a verdict is inconclusive: how a doubt gets from its cause
 * to the failure. {@code Observation} makes an interval of a count and its doubts, and {@code Verdict} compares it with
 * the bounds; {@code Punctuality} does so for the times of calls.
 */
@NullMarked
package io.probeunit.internal.recording;

import org.jspecify.annotations.NullMarked;
