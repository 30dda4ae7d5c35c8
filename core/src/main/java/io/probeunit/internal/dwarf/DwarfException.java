package io.probeunit.internal.dwarf;

/** Debug information that cannot be read; the message names the file and the section. */
public final class DwarfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DwarfException(String message) {
        super(message);
    }

    DwarfException(String message, Throwable cause) {
        super(message, cause);
    }

    static DwarfException damaged(String path, String section, String what) {
        return new DwarfException(
                "The debug information of %s is damaged (PU1601): section %s, %s. Look at it with 'readelf --debug-dump'; copy or build it again."
                        .formatted(path, section, what));
    }
}
