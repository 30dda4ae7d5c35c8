package io.probeunit.internal.dwarf;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads an expression as of the first instruction of a function; DWARF 5, section 2.5. Those of parameters are short there.
 */
final class EntryExpression {

    private static final int ADDR = 0x03;
    private static final int CONST1U = 0x08;
    private static final int CONST_LAST = 0x11;
    private static final int LIT0 = 0x30;
    private static final int REG0 = 0x50;
    private static final int BREG0 = 0x70;
    private static final int REGX = 0x90;
    private static final int FBREG = 0x91;
    private static final int BREGX = 0x92;
    private static final int PIECE = 0x93;
    private static final int CALL_FRAME_CFA = 0x9c;
    private static final int IMPLICIT_VALUE = 0x9e;
    private static final int STACK_VALUE = 0x9f;
    private static final int IMPLICIT_POINTER = 0xa0;
    private static final int ENTRY_VALUE = 0xa3;
    private static final int GNU_IMPLICIT_POINTER = 0xf2;
    private static final int GNU_ENTRY_VALUE = 0xf3;
    private static final int GNU_PARAMETER_REF = 0xfa;

    private static final EntryPlace AWAY = new EntryPlace.Nowhere("the compiler optimised it away");

    private final Convention convention;
    private final boolean frameIsCallers;

    /**
     * Prepares to read.
     *
     * @param frameIsCallers whether places in the frame count from the callers' part of the stack
     */
    EntryExpression(Convention convention, boolean frameIsCallers) {
        this.convention = convention;
        this.frameIsCallers = frameIsCallers;
    }

    /** Whether an expression stands for the place where the callers' part of the stack begins. */
    static boolean isCallersFrame(Locations.Found expression) {
        return expression.to() - expression.from() == 1 && expression.section().u8(expression.from()) == CALL_FRAME_CFA;
    }

    /** Empty if it is said of a place that the function fills only after its first instruction. */
    Optional<EntryPlace> place(Locations.Found found) {
        if (found.from() == found.to()) {
            return Optional.of(AWAY);
        }
        Cursor cursor = new Cursor(found.section(), found.from());
        int code = cursor.u8();
        if (code >= REG0 && code < BREG0 || code == REGX) {
            int register = code == REGX ? (int) cursor.uleb() : code - REG0;
            return Optional.of(last(found, cursor) ? new EntryPlace.Register(register) : computed(found, cursor));
        }
        if (code >= BREG0 && code < REGX || code == BREGX) {
            int register = code == BREGX ? (int) cursor.uleb() : code - BREG0;
            long offset = cursor.sleb();
            if (!last(found, cursor)) {
                return Optional.of(
                        offset == 0 && isValue(found, cursor)
                                ? new EntryPlace.Register(register)
                                : computed(found, cursor));
            }
            return found.everywhere() && convention.isOfFrame(register)
                    ? Optional.empty()
                    : Optional.of(new EntryPlace.Memory(register, offset));
        }
        if (code == FBREG) {
            long offset = cursor.sleb();
            return !frameIsCallers || offset < 0 || !last(found, cursor)
                    ? Optional.empty()
                    : Optional.of(convention.inFrame(offset));
        }
        return Optional.of(other(code, found, cursor));
    }

    private EntryPlace other(int code, Locations.Found found, Cursor cursor) {
        if (code == ENTRY_VALUE || code == GNU_ENTRY_VALUE) {
            int end = (int) Math.min(found.to(), cursor.uleb() + cursor.at());
            Locations.Found inner = new Locations.Found(found.section(), cursor.at(), end, false);
            cursor.moveTo(end);
            return isValue(found, cursor) && place(inner).orElse(AWAY) instanceof EntryPlace.Register register
                    ? register
                    : computed(found, cursor);
        }
        OptionalLong constant = constant(code, cursor);
        if (constant.isPresent()) {
            return isValue(found, cursor) ? new EntryPlace.Constant(constant.getAsLong()) : computed(found, cursor);
        }
        return switch (code) {
            case IMPLICIT_VALUE -> implicit(cursor);
            case IMPLICIT_POINTER, GNU_IMPLICIT_POINTER ->
                new EntryPlace.Nowhere("it points to something that the compiler optimised away");
            case GNU_PARAMETER_REF -> AWAY;
            default -> computed(found, cursor);
        };
    }

    private static EntryPlace implicit(Cursor cursor) {
        int size = (int) cursor.uleb();
        return size == 1 || size == 2 || size == 4 || size == 8
                ? new EntryPlace.Constant(cursor.unsigned(size))
                : new EntryPlace.Nowhere("it is a constant of %d bytes".formatted(size));
    }

    private static OptionalLong constant(int code, Cursor cursor) {
        if (code >= LIT0 && code < REG0) {
            return OptionalLong.of(code - LIT0);
        }
        if (code < CONST1U || code > CONST_LAST) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                switch (code - CONST1U) {
                    case 0 -> cursor.u8();
                    case 1 -> (byte) cursor.u8();
                    case 2 -> cursor.u16();
                    case 3 -> (short) cursor.u16();
                    case 4 -> cursor.u32();
                    case 5 -> (int) cursor.u32();
                    case 6, 7 -> cursor.u64();
                    case 8 -> cursor.uleb();
                    default -> cursor.sleb();
                });
    }

    private static boolean last(Locations.Found found, Cursor cursor) {
        return cursor.at() == found.to();
    }

    private static boolean isValue(Locations.Found found, Cursor cursor) {
        return cursor.at() == found.to() - 1 && found.section().u8(cursor.at()) == STACK_VALUE;
    }

    private static EntryPlace computed(Locations.Found found, Cursor cursor) {
        int next = cursor.at() < found.to() ? found.section().u8(cursor.at()) : ADDR;
        return new EntryPlace.Nowhere(
                next == PIECE
                        ? "it is in several pieces"
                        : "its value is computed from others, or is in several pieces");
    }
}
