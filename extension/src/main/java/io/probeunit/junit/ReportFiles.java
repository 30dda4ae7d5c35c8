package io.probeunit.junit;

/** Which tests get a report file. */
enum ReportFiles {
    /** All that probe something. */
    ALL,
    /** Those that fail. */
    FAILED,
    /** None. */
    NONE;

    boolean wants(boolean failed) {
        return this == ALL || this == FAILED && failed;
    }
}
