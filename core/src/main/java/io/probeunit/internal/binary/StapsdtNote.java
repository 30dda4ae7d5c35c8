package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.Optional;

/**
 * The content of one note of a mark, as {@code sys/sdt.h} writes it and SystemTap's wiki page
 * "UserSpaceProbeImplementation" describes it: the addresses of the mark, of {@code .stapsdt.base} at link time, and of
 * the semaphore or 0; then provider, name and operands, each ended by a zero byte.
 *
 * @param address of the mark
 * @param base of {@code .stapsdt.base} when the note was written
 * @param semaphore its address, or 0
 * @param provider never empty
 * @param name never empty
 * @param operands all of them, empty if there are none
 */
record StapsdtNote(long address, long base, long semaphore, String provider, String name, String operands) {

    private static final int STRINGS_AT = 24;

    /** Decodes a descriptor; empty if it is malformed. */
    static Optional<StapsdtNote> decode(FileContent descriptor) {
        if (descriptor.limit() < STRINGS_AT) {
            return Optional.empty();
        }
        Strings strings = new Strings(descriptor, STRINGS_AT, descriptor.limit());
        Optional<String> provider = strings.at(0).filter(StapsdtNote::isName);
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        int nameAt = afterString(descriptor, STRINGS_AT);
        Optional<String> name = strings.at(nameAt - STRINGS_AT).filter(StapsdtNote::isName);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        int operandsAt = afterString(descriptor, nameAt);
        return strings.at(operandsAt - STRINGS_AT)
                .map(operands -> new StapsdtNote(
                        descriptor.getLong(0),
                        descriptor.getLong(8),
                        descriptor.getLong(16),
                        provider.get(),
                        name.get(),
                        operands));
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.indexOf(' ') < 0 && text.indexOf(':') < 0;
    }

    private static int afterString(FileContent bytes, int from) {
        int at = from;
        while (bytes.get(at) != 0) {
            at++;
        }
        return at + 1;
    }
}
