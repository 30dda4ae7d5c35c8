package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.plan.CaptureSource;

/** Where the program finds the value of a slot. */
sealed interface SlotReading {

    /**
     * In a saved register.
     *
     * @param offset of the register in the program's context
     * @param shift lowest bit of the value
     * @param size in bytes
     * @param signed whether the highest bit is a sign
     */
    record Register(int offset, int shift, int size, boolean signed) implements SlotReading {}

    /**
     * In the program's memory.
     *
     * @param base offset of the base register in the context, -1 for none
     * @param index offset of the index register, -1 for none
     * @param scale what the index is multiplied by
     * @param displacement in bytes
     * @param size in bytes
     * @param signed whether the highest bit is a sign
     */
    record Memory(int base, int index, int scale, long displacement, int size, boolean signed) implements SlotReading {

        /** Puts the address into R3, for a function; the context is in R6. */
        void address(Assembler assembler) {
            assembler.constant(Reg.R3, displacement);
            if (base >= 0) {
                assembler.load(Width.DOUBLE, Reg.R1, Reg.R6, base).arithmetic(Assembler.Operation.ADD, Reg.R3, Reg.R1);
            }
            if (index >= 0) {
                assembler
                        .load(Width.DOUBLE, Reg.R1, Reg.R6, index)
                        .arithmetic(Assembler.Operation.MULTIPLY, Reg.R1, scale)
                        .arithmetic(Assembler.Operation.ADD, Reg.R3, Reg.R1);
            }
        }
    }

    /**
     * In the note.
     *
     * @param value always the same
     */
    record Constant(long value) implements SlotReading {}

    /** The time since the entry of the call, in nanoseconds, which {@link CallTimes} knows. */
    record Took() implements SlotReading {

        /** Stands for a time that is not known: the entry was not seen. */
        static final int UNKNOWN = -1;
    }

    /** The value's address is that of a string. */
    record Text(SlotReading address) implements SlotReading {}

    /** Bytes of a string that are recorded, its NUL included. */
    int TEXT_BYTES = 256;

    /** Bytes that the slot takes in a record. */
    default int bytes() {
        if (this instanceof Text) {
            return Long.BYTES + TEXT_BYTES;
        }
        return this instanceof Memory ? 2 * Long.BYTES : Long.BYTES;
    }

    /** Whether reading it may touch a page that is not resident. */
    default boolean reads() {
        return this instanceof Text || this instanceof Memory;
    }

    /** Whether the value may be unknown at a firing. */
    default boolean mayFail() {
        return reads() || this instanceof Took;
    }

    /** Stacks have records of their own. */
    SlotReading STACK = new Constant(0);

    static SlotReading ofFunction(ProbePoint.Function function, Slot slot, PtRegs registers) {
        if (slot.source() instanceof CaptureSource.Stack) {
            return STACK;
        }
        if (slot.source() instanceof CaptureSource.Took) {
            return new Took();
        }
        if (function.operand(slot.source()).isPresent()) {
            return text(slot, ofOperand(function.operand(slot.source()).get(), registers));
        }
        int offset = slot.source() instanceof CaptureSource.Argument argument
                ? registers.argument(function.register(argument))
                : registers.returnValue();
        return text(slot, new Register(offset, 0, Long.BYTES, false));
    }

    static SlotReading ofMark(Slot slot, MarkSite site, PtRegs registers) {
        if (slot.source() instanceof CaptureSource.Stack) {
            return STACK;
        }
        Operand operand = operand(slot, site);
        return text(slot, ofOperand(operand, registers));
    }

    static Operand operand(Slot slot, MarkSite site) {
        return site.operands().get(((CaptureSource.Argument) slot.source()).number() - 1);
    }

    private static SlotReading ofOperand(Operand operand, PtRegs registers) {
        if (operand.location() instanceof OperandLocation.Constant constant) {
            return new Constant(constant.value());
        }
        if (operand.location() instanceof OperandLocation.Register register) {
            return new Register(
                    registers.offset(register.dwarfNumber()), register.bitOffset(), operand.size(), operand.signed());
        }
        if (operand.location() instanceof OperandLocation.Memory memory) {
            return new Memory(
                    memory.base().isPresent() ? registers.offset(memory.base().getAsInt()) : -1,
                    memory.index().isPresent() ? registers.offset(memory.index().getAsInt()) : -1,
                    memory.scale(),
                    memory.displacement(),
                    operand.size(),
                    operand.signed());
        }
        throw new IllegalArgumentException("an operand that is not understood: " + operand);
    }

    private static SlotReading text(Slot slot, SlotReading reading) {
        return slot.text() ? new Text(reading) : reading;
    }

    /** Cuts 64 bits down to the width and sign of a value. */
    static long narrow(long raw, int shift, int size, boolean signed) {
        int unused = Long.SIZE - size * Byte.SIZE;
        long value = raw >>> shift << unused;
        return signed ? value >> unused : value >>> unused;
    }
}
