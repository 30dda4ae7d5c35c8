package io.probeunit.recording;

import io.probeunit.engine.ProbePoint;
import java.util.Optional;

/**
 * A point that a window wants.
 *
 * @param index its place among the points of the session
 * @param point where it is
 * @param lookedUpAs the bare file name by which its file was looked up; empty if a path was given, or nothing
 */
public record WatchedPoint(int index, ProbePoint point, Optional<String> lookedUpAs) {}
