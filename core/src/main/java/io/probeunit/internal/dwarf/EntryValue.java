package io.probeunit.internal.dwarf;

import java.util.List;

/** A value as a function is entered, or why it cannot be read. Immutable. */
public sealed interface EntryValue {

    /**
     * A number or an address.
     *
     * @param place where it is
     * @param type its name
     * @param size in bytes: 1, 2, 4 or 8
     * @param signed whether the highest bit is a sign
     * @param address whether it is an address
     */
    record Readable(EntryPlace place, String type, int size, boolean signed, boolean address) implements EntryValue {}

    /**
     * It is there, and not read.
     *
     * @param reason a part of a sentence, such as "it is a structure (struct order)"
     */
    record Refused(String reason) implements EntryValue {}

    /**
     * There is none of that name.
     *
     * @param name what of the path was looked for
     * @param in what it was looked for in, such as "reserve" or "struct order"
     * @param names what there is instead, in the order of the source
     */
    record Missing(String name, String in, List<String> names) implements EntryValue {}
}
