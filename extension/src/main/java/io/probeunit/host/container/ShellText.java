package io.probeunit.host.container;

import io.probeunit.host.HostException;

/** Texts as words of a shell: data, whatever is in them. */
final class ShellText {

    private ShellText() {}

    /**
     * Quotes a text, so that it is one word on one line; POSIX shell command language, 2.2.2.
     *
     * @return for a shell in which {@code $nl} is a line break, since a line is what it reads
     * @throws HostException if it holds a NUL, which no word can
     */
    static String quoted(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new HostException("A text with a NUL cannot be said in a shell: " + text.replace("\0", "\\0"));
        }
        return "'" + text.replace("'", "'\\''").replace("\n", "'\"$nl\"'") + "'";
    }
}
