package io.probeunit.internal.engine.stap;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Distinguishes our records in SystemTap's output from text of a probed program.
 *
 * @param text random hexadecimal digits
 */
record Nonce(String text) {

    static Nonce random() {
        return new Nonce("%012x".formatted(ThreadLocalRandom.current().nextLong(1L << 48)));
    }

    /** Starts a record. */
    String start() {
        return "#" + text + " ";
    }

    /** Precedes each string of a record. */
    String separator() {
        return "|" + text + "|";
    }

    /** Ends a record. */
    String end() {
        return "|" + text + ".";
    }

    /** Stands for a string that could not be read. */
    String unreadable() {
        return "?" + text;
    }

    /**
     * Stands for an integer that could not be read: one that no narrower one is, and no address.
     *
     * @return from 2^62 on
     */
    long unreadableNumber() {
        long random = Long.parseLong(text, 16);
        return 1L << 62 | random >>> 24 << Integer.SIZE | random & (1 << 24) - 1;
    }
}
