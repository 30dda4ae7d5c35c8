package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import org.jspecify.annotations.Nullable;

/** Checks the arguments of a recording's methods. */
final class Arguments {

    private Arguments() {}

    /**
     * Hands on a text that is not blank.
     *
     * @param method what was called, for the message
     * @param text what it was called with; the compiler does not see the code of those who use no null checker
     * @param advice what to give instead
     * @throws IllegalArgumentException if the text is null
     * @throws ProbeException if it is blank: nothing of that name is probed
     */
    static String given(String method, @Nullable String text, String advice) {
        if (text == null) {
            throw new IllegalArgumentException("%s(null): %s".formatted(method, advice));
        }
        if (text.isBlank()) {
            throw new ProbeException("%s(\"%s\"): %s".formatted(method, text, advice));
        }
        return text;
    }
}
