package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.List;

/** Walks over entries in the order of the section. Not thread-safe. */
final class DieScan {

    private final Unit unit;
    private final Cursor cursor;
    private final int end;
    private int depth;
    private int below;
    private int offset;
    private Abbreviations.Shape shape = NOTHING;
    private boolean skipped = true;

    private static final Abbreviations.Shape NOTHING = new Abbreviations.Shape(0, false, List.of());

    DieScan(Unit unit, int from) {
        this.unit = unit;
        this.cursor = new Cursor(unit.header().info(), from);
        this.end = unit.header().end();
    }

    /** Goes on to the next entry; false behind the last one, or behind the last one of the level at which it began. */
    boolean next() {
        if (!skipped) {
            for (Abbreviations.Attribute attribute : shape.attributes()) {
                Value.skip(attribute, cursor, unit.header());
            }
            skipped = true;
        }
        while (cursor.at() < end) {
            offset = cursor.at();
            long code = cursor.uleb();
            if (code == 0) {
                if (--below < 0) {
                    return false;
                }
                continue;
            }
            shape = unit.abbreviations().shape(code, offset);
            depth = below;
            if (shape.hasChildren()) {
                below++;
            }
            skipped = false;
            return true;
        }
        return false;
    }

    int offset() {
        return offset;
    }

    /** 0 for the entries at the level at which the walk began. */
    int depth() {
        return depth;
    }

    int tag() {
        return shape.tag();
    }

    /** Reads the entry; once. */
    Die die() {
        List<Value> values = new ArrayList<>(shape.attributes().size());
        for (Abbreviations.Attribute attribute : shape.attributes()) {
            values.add(Value.read(attribute, cursor, unit.header()));
        }
        skipped = true;
        return new Die(unit, offset, shape, values, cursor.at());
    }
}
