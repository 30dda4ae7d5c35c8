package io.probeunit.internal.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The end of what a process printed on its standard error. Thread-safe. */
public final class LastWords {

    private static final int MOST = 4_000;

    private byte[] kept = new byte[0];

    /** Creates an empty one. */
    public LastWords() {
        // nothing is kept yet
    }

    /**
     * Adds what was printed.
     *
     * @param bytes of UTF-8
     */
    public synchronized void add(byte[] bytes) {
        byte[] all = Arrays.copyOf(kept, kept.length + bytes.length);
        System.arraycopy(bytes, 0, all, kept.length, bytes.length);
        kept = Arrays.copyOfRange(all, Math.max(0, all.length - MOST), all.length);
    }

    /**
     * What was printed last.
     *
     * @return at most some thousand characters
     */
    public synchronized String text() {
        return new String(kept, StandardCharsets.UTF_8).strip();
    }
}
