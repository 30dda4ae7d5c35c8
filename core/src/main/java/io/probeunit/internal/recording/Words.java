package io.probeunit.internal.recording;

/** Numbers in sentences. */
final class Words {

    private Words() {}

    static String times(long n) {
        return n == 1 ? "1 time" : n + " times";
    }

    static String firings(long n) {
        return n == 1 ? "1 firing" : n + " firings";
    }
}
