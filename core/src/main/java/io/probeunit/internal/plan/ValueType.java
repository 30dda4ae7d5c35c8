package io.probeunit.internal.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the 64 bits of an argument or a return value are read. */
public enum ValueType {
    /** Signed, 8 bits. */
    S8(8, true),
    /** Signed, 16 bits. */
    S16(16, true),
    /** Signed, 32 bits. */
    S32(32, true),
    /** Signed, 64 bits. */
    S64(64, true),
    /** Unsigned, 8 bits. */
    U8(8, false),
    /** Unsigned, 16 bits. */
    U16(16, false),
    /** Unsigned, 32 bits. */
    U32(32, false),
    /** Unsigned, 64 bits; a {@code Long} with the same bits. */
    U64(64, false),
    /** Unsigned, 64 bits, shown in hexadecimal. */
    HEX(64, false),
    /** An address, 64 bits, shown in hexadecimal. */
    PTR(64, false),
    /** The address of a string that ends with a NUL byte, read as UTF-8. */
    STRING(64, false);

    private final int bits;
    private final boolean signed;

    ValueType(int bits, boolean signed) {
        this.bits = bits;
        this.signed = signed;
    }

    /**
     * Says whether the value is text.
     *
     * @return true for {@link #STRING}
     */
    public boolean isString() {
        return this == STRING;
    }

    /**
     * Says whether values can be negative.
     *
     * @return true for the {@code s…} types
     */
    public boolean isSigned() {
        return signed;
    }

    /**
     * The width.
     *
     * @return 8, 16, 32 or 64 bits
     */
    public int bits() {
        return bits;
    }

    /**
     * Cuts a register down to this type.
     *
     * @param raw 64 bits as recorded
     * @return the value, sign- or zero-extended to 64 bits
     */
    public long narrow(long raw) {
        int unused = Long.SIZE - bits;
        return signed ? raw << unused >> unused : raw << unused >>> unused;
    }

    /**
     * The name used in annotations.
     *
     * @return for example {@code s32}
     */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a type by its name in annotations.
     *
     * @param keyword for example {@code u8}
     * @return the type, or empty if there is none of that name
     */
    public static Optional<ValueType> of(String keyword) {
        return Arrays.stream(values()).filter(t -> t.keyword().equals(keyword)).findFirst();
    }

    static String keywords() {
        return Arrays.stream(values()).map(ValueType::keyword).collect(Collectors.joining(", "));
    }
}
