package io.probeunit.internal.configuration;

/** Which tests get a report file. */
public enum ReportFiles {
    /** All that probe something. */
    ALL,
    /** Those that fail. */
    FAILED,
    /** None. */
    NONE;

    public boolean wants(boolean failed) {
        return this == ALL || this == FAILED && failed;
    }
}
