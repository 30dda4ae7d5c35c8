package io.probeunit.internal.engine.perf;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.plan.CaptureSource;
import java.util.Optional;
import java.util.function.Supplier;

/** How an event reads a slot: the value that the kernel fetches, and our conversion. */
sealed interface SlotReading {

    /**
     * An integer.
     *
     * @param fetch what the kernel is told to fetch
     * @param fetched how many bytes it stores
     * @param shift lowest bit of the value in these
     * @param size of the value in bytes
     * @param signed whether the highest bit is a sign
     */
    record Number(String fetch, int fetched, int shift, int size, boolean signed) implements SlotReading {}

    /**
     * A string.
     *
     * @param fetch where it begins
     */
    record Text(String fetch) implements SlotReading {}

    /**
     * In the note.
     *
     * @param value always the same
     */
    record Constant(long value) implements SlotReading {}

    /** Beside what is fetched: samples carry it. */
    record Stack() implements SlotReading {}

    /** What is added to an event's definition under a name; empty if nothing is fetched. */
    default Optional<String> argument(String name) {
        if (this instanceof Number number) {
            return Optional.of("%s=%s:u%d".formatted(name, number.fetch(), number.fetched() * Byte.SIZE));
        }
        if (this instanceof Text text) {
            return Optional.of("%s=%s:ustring".formatted(name, text.fetch()));
        }
        return Optional.empty();
    }

    /**
     * Why an event cannot read something of a point; empty if it can.
     *
     * @param registers of the machine that it is on, which is only asked for what it is if that matters
     */
    static Optional<String> refusal(ProbePoint point, Supplier<RegisterNames> registers) {
        for (Slot slot : point.slots()) {
            if (slot.source() instanceof CaptureSource.Stack) {
                continue;
            }
            if (slot.source() instanceof CaptureSource.Took) {
                return Optional.of(
                        "it does not time calls (PU1079), which took needs; the built-in engine (uprobe) does");
            }
            if (point instanceof ProbePoint.Function function
                    && function.operand(slot.source()).isPresent()) {
                if (refusalOfDeclared(slot, function.operand(slot.source()).get())
                        .isPresent()) {
                    return refusalOfDeclared(
                            slot, function.operand(slot.source()).get());
                }
                continue;
            }
            Optional<String> refusal = slot.source() instanceof CaptureSource.Variable variable
                    ? Optional.of(
                            "it reads no variables by name, such as %s; capture argN instead".formatted(variable.key()))
                    : point instanceof ProbePoint.UsdtMark mark
                            ? refusal(slot, mark)
                            : refusalOfArgument(slot, registers);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    static SlotReading ofFunction(ProbePoint.Function function, Slot slot, RegisterNames registers) {
        if (function.operand(slot.source()).isPresent()) {
            return ofOperand(function.operand(slot.source()).get(), slot, registers);
        }
        if (slot.source() instanceof CaptureSource.Stack) {
            return new Stack();
        }
        String value = slot.source() instanceof CaptureSource.Argument argument
                ? registers.argument(function.register(argument))
                : "$retval";
        return slot.text() ? new Text("+0(%s)".formatted(value)) : new Number(value, Long.BYTES, 0, Long.BYTES, false);
    }

    static SlotReading ofMark(Slot slot, MarkSite site, RegisterNames registers) {
        if (slot.source() instanceof CaptureSource.Stack) {
            return new Stack();
        }
        return ofOperand(operand(slot, site), slot, registers);
    }

    private static SlotReading ofOperand(Operand operand, Slot slot, RegisterNames registers) {
        OperandLocation location = operand.location();
        if (location instanceof OperandLocation.Constant constant) {
            return slot.text() ? new Text("@0x%x".formatted(constant.value())) : new Constant(constant.value());
        }
        if (location instanceof OperandLocation.Register register) {
            String value = registers.register(register.dwarfNumber());
            return slot.text()
                    ? new Text("+0(%s)".formatted(value))
                    : new Number(value, Long.BYTES, register.bitOffset(), operand.size(), operand.signed());
        }
        if (location instanceof OperandLocation.Memory memory) {
            String value = memory(memory, registers);
            return slot.text()
                    ? new Text("+0(%s)".formatted(value))
                    : new Number(value, operand.size(), 0, operand.size(), operand.signed());
        }
        throw new IllegalArgumentException("an operand that is not understood: " + operand);
    }

    /** Cuts what was fetched down to the width and sign of the value. */
    static long narrow(long raw, Number number) {
        int unused = Long.SIZE - number.size() * Byte.SIZE;
        long value = raw >>> number.shift() << unused;
        return number.signed() ? value >> unused : value >>> unused;
    }

    /** An address that a program uses may be none. */
    private static Optional<String> refusalOfDeclared(Slot slot, Operand operand) {
        return operand.location() instanceof OperandLocation.Memory && !slot.text()
                ? Optional.of(
                        "a number in memory that cannot be read is 0 with perf, and %s is in memory (PU1612); the built-in engine (uprobe) reads it"
                                .formatted(slot.source().key()))
                : Optional.empty();
    }

    private static Optional<String> refusalOfArgument(Slot slot, Supplier<RegisterNames> registers) {
        return slot.source() instanceof CaptureSource.Argument argument
                        && argument.number() > RegisterNames.fewestArguments()
                        && argument.number() > registers.get().arguments()
                ? Optional.of("arg%d is not in a register: only the first %d arguments of a function are (PU1075)"
                        .formatted(argument.number(), registers.get().arguments()))
                : Optional.empty();
    }

    private static Optional<String> refusal(Slot slot, ProbePoint.UsdtMark mark) {
        return mark.mark().sites().stream()
                .flatMap(site -> refusal(slot, operand(slot, site)).stream())
                .map(reason ->
                        "%s cannot be captured: %s".formatted(slot.source().key(), reason))
                .findFirst();
    }

    private static Optional<String> refusal(Slot slot, Operand operand) {
        if (operand.location() instanceof OperandLocation.Unsupported unsupported) {
            return Optional.of(unsupported.reason());
        }
        if (operand.location() instanceof OperandLocation.Memory memory) {
            if (memory.index().isPresent()) {
                return Optional.of(
                        "it is an element of an array (%s), and the kernel's uprobe events, which perf uses, cannot add an index to an address (PU1070)"
                                .formatted(operand.text()));
            }
            if (slot.text() && operand.size() != Long.BYTES) {
                return Optional.of("an address has 8 bytes, and it has %d (%s) (PU1071)"
                        .formatted(operand.size(), operand.text()));
            }
        }
        return Optional.empty();
    }

    private static String memory(OperandLocation.Memory memory, RegisterNames registers) {
        return memory.base().isPresent()
                ? "%+d(%s)"
                        .formatted(
                                memory.displacement(),
                                registers.register(memory.base().getAsInt()))
                : "@0x%x".formatted(memory.displacement());
    }

    private static Operand operand(Slot slot, MarkSite site) {
        return site.operands().get(((CaptureSource.Argument) slot.source()).number() - 1);
    }
}
