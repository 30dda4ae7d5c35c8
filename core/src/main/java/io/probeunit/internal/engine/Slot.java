package io.probeunit.internal.engine;

import io.probeunit.internal.plan.CaptureSource;

/**
 * A place of a firing in which a value is recorded.
 *
 * @param source where the value comes from
 * @param text whether it is the address of a string that is to be read
 */
public record Slot(CaptureSource source, boolean text) {}
