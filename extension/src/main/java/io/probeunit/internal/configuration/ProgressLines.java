package io.probeunit.internal.configuration;

/** Where lines about the run go. */
public enum ProgressLines {
    /** To the standard error. */
    PRINT,
    /** To the log, with level {@code INFO}. */
    LOG,
    /** Nowhere. */
    NONE
}
