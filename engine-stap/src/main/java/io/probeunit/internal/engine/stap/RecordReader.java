package io.probeunit.internal.engine.stap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts SystemTap's output into our records.
 *
 * <p>A record begins and ends with the session's nonce; between them there may be any bytes but the nonce, newlines that a
 * probed program wrote included. What lies between records is not ours and is passed over, and so is a record of which
 * the end was lost.
 */
final class RecordReader {

    private static final int BUFFER = 1 << 16;

    private final InputStream input;
    private final String startText;
    private final byte[] start;
    private final byte[] end;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private int position;
    private int limit;

    RecordReader(InputStream input, Nonce nonce) {
        this.input = input;
        this.startText = nonce.start();
        this.start = startText.getBytes(StandardCharsets.US_ASCII);
        this.end = (nonce.end() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The next record without its frame, each byte as one character; empty at the end of the output. */
    Optional<String> next() throws IOException {
        return readUntil(start) && readUntil(end) ? Optional.of(content()) : Optional.empty();
    }

    private String content() {
        String whole = record.toString(StandardCharsets.ISO_8859_1).substring(0, record.size() - end.length);
        int torn = whole.lastIndexOf(startText);
        return torn < 0 ? whole : whole.substring(torn + startText.length());
    }

    /**
     * Reads up to and including a text. Both texts that are looked for begin with a character that they do not repeat, so
     * after a mismatch the search goes on with the character that did not match.
     */
    private boolean readUntil(byte[] wanted) throws IOException {
        record.reset();
        int matched = 0;
        while (true) {
            if (position == limit && !fill()) {
                return false;
            }
            byte b = buffer[position++];
            record.write(b);
            if (b == wanted[matched]) {
                matched++;
            } else {
                matched = b == wanted[0] ? 1 : 0;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, input.read(buffer));
        return limit > 0;
    }
}
