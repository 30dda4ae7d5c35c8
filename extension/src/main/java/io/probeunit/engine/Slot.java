package io.probeunit.engine;

import io.probeunit.plan.CaptureSource;

/**
 * A place of a firing in which a value is recorded.
 *
 * @param source where the value comes from
 * @param text whether it is the address of a string that is to be read
 */
public record Slot(CaptureSource source, boolean text) {}
