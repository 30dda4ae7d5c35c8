package io.probeunit.internal.engine.stap;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is written into the FIFOs of a script.
 *
 * <p>SystemTap's BPF runtime has no function that makes a number of a text, and cuts the text at 64 bytes. It can read 8 bytes
 * of it at once, at any place. So a letter holds 4 bits ({@code @} is 0, {@code O} is 15), and behind the last one there is room to
 * read on.
 */
final class Message {

    /** The number of points whose state one message contains. */
    static final int POINTS = 184;

    /** Bits in a letter. */
    static final int BITS = 4;

    /** Digits of a question's number, which is given back with the answer. */
    static final int NUMBER = 8;

    /** Where the message that opens a window has how many lines are sure, which points it is about, and these. */
    static final int SURE = NUMBER;

    static final int PART = SURE + 1;
    static final int WANTED = PART + 1;

    /** The bit of {@link #SURE} that a message that opens a window has, and a question has not. */
    static final int OPENS = 6;

    /** Letters of a point's index, and of a number of lines, in a message that gives credit. */
    static final int POINT_LETTERS = 3;

    static final int LINES_LETTERS = 2;

    /** The most lines that one message gives credit for. */
    static final int MOST_LINES = (1 << BITS * LINES_LETTERS) - 1;

    private static final char ZERO = '@';
    private static final String ROOM = "@".repeat(Long.BYTES);

    private Message() {}

    /** Asks for the counters. */
    static byte[] question(int number) {
        return bytes("%08x".formatted(number));
    }

    /** The number of the question that is given back. */
    static int number(String message) {
        return Integer.parseUnsignedInt(message.substring(0, NUMBER), 16);
    }

    /** How many messages open a window of a session with so many points. */
    static int parts(int points) {
        return (points + POINTS - 1) / POINTS;
    }

    /**
     * Opens a window for some of the points, and asks for the counters.
     *
     * @param sure lines of a point that may always be under way, at most 15
     * @param part which {@link #POINTS} points it is about, from 0 on
     * @param wanted indices among all points
     */
    static byte[] window(int number, int points, int sure, int part, Set<Integer> wanted) {
        int first = part * POINTS;
        int end = Math.min(points, first + POINTS);
        String letters = Stream.iterate(first, i -> i < end, i -> i + BITS)
                .map(i -> IntStream.range(0, BITS)
                        .filter(bit -> wanted.contains(i + bit))
                        .map(bit -> 1 << bit)
                        .sum())
                .map(bits -> letters(bits, 1))
                .collect(Collectors.joining());
        return bytes(new String(question(number), StandardCharsets.US_ASCII)
                + letters(sure, 1)
                + letters(part, 1)
                + letters
                + ROOM);
    }

    /** Gives credit for lines of a point that have arrived. */
    static byte[] credit(int point, int lines) {
        return bytes(letters(point, POINT_LETTERS) + letters(lines, LINES_LETTERS) + ROOM);
    }

    /** The lowest bits first. */
    private static String letters(int number, int count) {
        return IntStream.range(0, count)
                .map(i -> number >> BITS * i & (1 << BITS) - 1)
                .mapToObj(bits -> String.valueOf((char) (ZERO + bits)))
                .collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
