package io.probeunit.internal.configuration;

/** Which tests get report files, and which classes a timeline. */
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
