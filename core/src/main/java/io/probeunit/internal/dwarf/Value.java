package io.probeunit.internal.dwarf;

/**
 * An attribute's value as an entry has it.
 *
 * @param form how it is written
 * @param number the number, or the index, or the offset
 * @param at where a block or text begins in the section
 * @param length of a block or text, in bytes
 */
record Value(int form, long number, int at, int length) {

    private static final int VARIABLE = -1;
    private static final int MOST_INDIRECT = 2;

    static Value read(Abbreviations.Attribute attribute, Cursor cursor, Unit.Header unit) {
        int form = form(attribute.form(), cursor, unit);
        if (form == Dw.FORM_IMPLICIT_CONST) {
            return new Value(form, attribute.constant(), 0, 0);
        }
        if (form == Dw.FORM_FLAG_PRESENT) {
            return new Value(form, 1, 0, 0);
        }
        int size = size(form, unit);
        if (size > 0 && size <= Long.BYTES) {
            return new Value(form, cursor.unsigned(size), 0, 0);
        }
        if (isNumber(form)) {
            return new Value(form, form == Dw.FORM_SDATA ? cursor.sleb() : cursor.uleb(), 0, 0);
        }
        if (form == Dw.FORM_STRING) {
            int begin = cursor.at();
            cursor.skipText();
            return new Value(form, 0, begin, cursor.at() - begin - 1);
        }
        long length = form == Dw.FORM_DATA16 ? size : blockLength(form, cursor, unit);
        int begin = cursor.at();
        cursor.skip(length);
        return new Value(form, 0, begin, (int) length);
    }

    static void skip(Abbreviations.Attribute attribute, Cursor cursor, Unit.Header unit) {
        int form = form(attribute.form(), cursor, unit);
        int size = size(form, unit);
        if (size >= 0) {
            cursor.skip(size);
        } else if (isNumber(form)) {
            cursor.uleb();
        } else if (form == Dw.FORM_STRING) {
            cursor.skipText();
        } else {
            cursor.skip(blockLength(form, cursor, unit));
        }
    }

    /** An entry may name the form itself. */
    private static int form(int form, Cursor cursor, Unit.Header unit) {
        int meant = form;
        for (int depth = 0; meant == Dw.FORM_INDIRECT; depth++) {
            if (depth == MOST_INDIRECT) {
                throw unit.damaged("nested forms, 0x%x".formatted(cursor.at()));
            }
            meant = (int) cursor.uleb();
        }
        return meant;
    }

    private static int size(int form, Unit.Header unit) {
        return switch (form) {
            case Dw.FORM_FLAG_PRESENT, Dw.FORM_IMPLICIT_CONST -> 0;
            case Dw.FORM_DATA1, Dw.FORM_FLAG, Dw.FORM_REF1, Dw.FORM_STRX1, Dw.FORM_ADDRX1 -> 1;
            case Dw.FORM_DATA2, Dw.FORM_REF2, Dw.FORM_STRX2, Dw.FORM_ADDRX2 -> 2;
            case Dw.FORM_STRX3, Dw.FORM_ADDRX3 -> 3;
            case Dw.FORM_DATA4, Dw.FORM_REF4, Dw.FORM_REF_SUP4, Dw.FORM_STRX4, Dw.FORM_ADDRX4 -> 4;
            case Dw.FORM_DATA8, Dw.FORM_REF8, Dw.FORM_REF_SUP8, Dw.FORM_REF_SIG8 -> 8;
            case Dw.FORM_DATA16 -> 16;
            case Dw.FORM_ADDR -> unit.addressSize();
            case Dw.FORM_REF_ADDR -> unit.version() <= 2 ? unit.addressSize() : unit.offsetSize();
            case Dw.FORM_STRP,
                    Dw.FORM_SEC_OFFSET,
                    Dw.FORM_STRP_SUP,
                    Dw.FORM_LINE_STRP,
                    Dw.FORM_GNU_REF_ALT,
                    Dw.FORM_GNU_STRP_ALT -> unit.offsetSize();
            default -> VARIABLE;
        };
    }

    private static boolean isNumber(int form) {
        return switch (form) {
            case Dw.FORM_SDATA,
                    Dw.FORM_UDATA,
                    Dw.FORM_REF_UDATA,
                    Dw.FORM_STRX,
                    Dw.FORM_ADDRX,
                    Dw.FORM_LOCLISTX,
                    Dw.FORM_RNGLISTX,
                    Dw.FORM_GNU_ADDR_INDEX,
                    Dw.FORM_GNU_STR_INDEX -> true;
            default -> false;
        };
    }

    private static long blockLength(int form, Cursor cursor, Unit.Header unit) {
        return switch (form) {
            case Dw.FORM_BLOCK, Dw.FORM_EXPRLOC -> cursor.uleb();
            case Dw.FORM_BLOCK1 -> cursor.u8();
            case Dw.FORM_BLOCK2 -> cursor.u16();
            case Dw.FORM_BLOCK4 -> cursor.u32();
            default -> throw unit.damaged("unknown form 0x%x, 0x%x".formatted(form, cursor.at()));
        };
    }

    /** Whether it is an expression; else a location is a list. */
    boolean isBlock() {
        return switch (form) {
            case Dw.FORM_EXPRLOC, Dw.FORM_BLOCK, Dw.FORM_BLOCK1, Dw.FORM_BLOCK2, Dw.FORM_BLOCK4 -> true;
            default -> false;
        };
    }

    boolean isConstant() {
        return switch (form) {
            case Dw.FORM_DATA1,
                    Dw.FORM_DATA2,
                    Dw.FORM_DATA4,
                    Dw.FORM_DATA8,
                    Dw.FORM_SDATA,
                    Dw.FORM_UDATA,
                    Dw.FORM_IMPLICIT_CONST -> true;
            default -> false;
        };
    }

    /** A constant with the sign that its form leaves out. */
    long signed() {
        return switch (form) {
            case Dw.FORM_DATA1 -> (byte) number;
            case Dw.FORM_DATA2 -> (short) number;
            case Dw.FORM_DATA4 -> (int) number;
            default -> number;
        };
    }
}
