package io.probeunit.internal.binary;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Integers as assemblers write them: decimal, {@code 0x} hexadecimal, {@code 0} octal, up to 64 bits, wrapping. */
final class Numbers {

    private static final Pattern NUMBER = Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]+)|(0|[1-9][0-9]*))");

    private Numbers() {}

    static OptionalLong parse(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return OptionalLong.empty();
        }
        try {
            long magnitude;
            if (number.group(2) != null) {
                magnitude = Long.parseUnsignedLong(number.group(2), 16);
            } else if (number.group(3) != null) {
                magnitude = Long.parseUnsignedLong(number.group(3), 8);
            } else {
                magnitude = Long.parseUnsignedLong(number.group(4));
            }
            return OptionalLong.of(number.group(1).equals("-") ? -magnitude : magnitude);
        } catch (NumberFormatException e) {
            // more than 64 bits
            return OptionalLong.empty();
        }
    }
}
