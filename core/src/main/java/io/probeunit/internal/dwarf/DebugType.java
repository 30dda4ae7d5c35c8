package io.probeunit.internal.dwarf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A type of the source. Immutable; what it leads to is read when it is asked for, and the file must be readable then. */
public sealed interface DebugType {

    /**
     * The type as a message shows it.
     *
     * @return for example {@code unsigned int} or {@code struct order *}
     */
    String text();

    /**
     * An integer, a character or a truth value.
     *
     * @param text its name
     * @param size in bytes
     * @param signed whether the highest bit is a sign
     */
    record Whole(String text, int size, boolean signed) implements DebugType {}

    /**
     * A floating-point number.
     *
     * @param text its name
     * @param size in bytes
     */
    record Floating(String text, int size) implements DebugType {}

    /**
     * An enumeration.
     *
     * @param text its name
     * @param size in bytes
     * @param signed whether its values may be negative
     * @param enumerators the values by name
     */
    record Enumeration(String text, int size, boolean signed, Supplier<Map<String, Long>> enumerators)
            implements DebugType {}

    /**
     * An address of something.
     *
     * @param text as in the source
     * @param target what is there
     * @param reference whether the source names the target itself
     */
    record Pointer(String text, Supplier<DebugType> target, boolean reference) implements DebugType {}

    /**
     * A structure, class or union.
     *
     * @param text its name
     * @param size in bytes
     * @param members those of classes that it derives from, and of members without a name, included
     */
    record Structure(String text, long size, Supplier<List<Member>> members) implements DebugType {}

    /**
     * An array.
     *
     * @param text as in the source
     * @param element what it consists of
     * @param count of elements; empty if it is not known
     */
    record Array(String text, Supplier<DebugType> element, OptionalLong count) implements DebugType {}

    /** No value. */
    record Nothing() implements DebugType {
        @Override
        public String text() {
            return "void";
        }
    }

    /**
     * Something else.
     *
     * @param text its name
     * @param what a part of a sentence, such as "a complex number"
     */
    record Other(String text, String what) implements DebugType {}

    /**
     * A member of a structure.
     *
     * @param name as in the source
     * @param type of its value
     * @param offset in bytes from the structure's begin
     * @param bits if it is a bit field
     */
    record Member(String name, Supplier<DebugType> type, long offset, Optional<Bits> bits) {}

    /**
     * The bits of a bit field.
     *
     * @param first the lowest one, from the member's offset on
     * @param count how many
     */
    record Bits(int first, int count) {}
}
