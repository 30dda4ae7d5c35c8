package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shapes of the entries of a unit; DWARF 5, section 7.5.3. Immutable and thread-safe. */
final class Abbreviations {

    private static final int MOST_ATTRIBUTES = 4_096;

    private final Map<Long, Shape> shapes;
    private final Bytes section;

    private Abbreviations(Map<Long, Shape> shapes, Bytes section) {
        this.shapes = shapes;
        this.section = section;
    }

    /**
     * The shape of an entry.
     *
     * @param tag what it is
     * @param hasChildren whether entries follow that belong to it
     * @param attributes what it has, in their order
     */
    record Shape(int tag, boolean hasChildren, List<Attribute> attributes) {}

    /**
     * An attribute.
     *
     * @param name what it says
     * @param form how it is written
     * @param constant its value, if the form is one that has none in the entry
     */
    record Attribute(int name, int form, long constant) {}

    static Abbreviations read(Bytes section, long offset) {
        Cursor cursor = new Cursor(section, section.place(offset));
        Map<Long, Shape> shapes = new HashMap<>();
        for (long code = cursor.uleb(); code != 0; code = cursor.uleb()) {
            int tag = (int) cursor.uleb();
            boolean children = cursor.u8() != 0;
            shapes.putIfAbsent(code, new Shape(tag, children, attributes(section, cursor)));
        }
        return new Abbreviations(shapes, section);
    }

    private static List<Attribute> attributes(Bytes section, Cursor cursor) {
        List<Attribute> attributes = new ArrayList<>();
        while (true) {
            int name = (int) cursor.uleb();
            int form = (int) cursor.uleb();
            long constant = form == Dw.FORM_IMPLICIT_CONST ? cursor.sleb() : 0;
            if (name == 0 && form == 0) {
                return List.of(attributes.toArray(Attribute[]::new));
            }
            if (attributes.size() == MOST_ATTRIBUTES) {
                throw section.damaged("more than %d attributes".formatted(MOST_ATTRIBUTES));
            }
            attributes.add(new Attribute(name, form, constant));
        }
    }

    Shape shape(long code, int at) {
        Shape shape = shapes.get(code);
        if (shape == null) {
            throw section.damaged("no shape %s, 0x%x".formatted(Long.toUnsignedString(code), at));
        }
        return shape;
    }
}
