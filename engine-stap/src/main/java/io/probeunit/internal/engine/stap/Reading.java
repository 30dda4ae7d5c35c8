package io.probeunit.internal.engine.stap;

import java.util.OptionalInt;

/** How one value is read. */
sealed interface Reading {

    /** The value in the script: an integer of 64 bits, which is not yet cut down to its width. */
    String expression();

    /** The address of a string in the script; one that cannot be read is 0, where no string is. */
    String address();

    /** What the integer of a record stands for. */
    long value(long recorded);

    /**
     * In a register.
     *
     * @param dwarfNumber of the register
     * @param shift lowest bit of the value
     * @param size in bytes
     * @param signed whether the highest bit is a sign
     */
    record Register(int dwarfNumber, int shift, int size, boolean signed) implements Reading {

        static Register whole(int dwarfNumber) {
            return new Register(dwarfNumber, 0, Long.BYTES, false);
        }

        @Override
        public String expression() {
            return Registers.read(dwarfNumber);
        }

        @Override
        public String address() {
            return narrow(shift == 0 ? expression() : "(%s >> %d)".formatted(expression(), shift), size, signed);
        }

        @Override
        public long value(long recorded) {
            return narrow(recorded >>> shift, size, signed);
        }
    }

    /**
     * In the program's memory.
     *
     * @param base DWARF number of the base register
     * @param index that of the index register
     * @param scale what the index is multiplied by
     * @param displacement in bytes, of 32 bits
     * @param size in bytes
     * @param signed whether the highest bit is a sign
     */
    record Memory(OptionalInt base, OptionalInt index, int scale, long displacement, int size, boolean signed)
            implements Reading {

        /** {@link Nonce#unreadableNumber()} where it cannot be read. */
        @Override
        public String expression() {
            return "pu_read%d(%s)".formatted(size, place());
        }

        @Override
        public String address() {
            return narrow("@uderef(%d, %s)".formatted(size, place()), size, signed);
        }

        @Override
        public long value(long recorded) {
            return narrow(recorded, size, signed);
        }

        private String place() {
            StringBuilder place = new StringBuilder("(");
            base.ifPresent(register -> place.append(Registers.read(register)).append(" + "));
            index.ifPresent(register -> place.append("%s * %d + ".formatted(Registers.read(register), scale)));
            // the language has no negative literals
            return place.append(displacement < 0 ? "(0 - %d)".formatted(-displacement) : displacement)
                    .append(')')
                    .toString();
        }
    }

    /**
     * Not at all: the note says what it is.
     *
     * @param constant always the same
     */
    record Constant(long constant) implements Reading {
        @Override
        public String expression() {
            return "0";
        }

        @Override
        public String address() {
            return "0";
        }

        @Override
        public long value(long recorded) {
            return constant;
        }
    }

    private static String narrow(String value, int size, boolean signed) {
        int unused = Long.SIZE - size * Byte.SIZE;
        return unused == 0 ? value : "((%s << %d) %s %2$d)".formatted(value, unused, signed ? ">>" : ">>>");
    }

    private static long narrow(long value, int size, boolean signed) {
        int unused = Long.SIZE - size * Byte.SIZE;
        return signed ? value << unused >> unused : value << unused >>> unused;
    }
}
