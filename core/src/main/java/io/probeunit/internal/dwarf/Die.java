package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry: something of the source. Immutable.
 *
 * @param unit that it is in
 * @param offset in the section
 * @param shape its tag, and what it has
 * @param values of its attributes
 * @param behind the place behind it
 */
record Die(Unit unit, int offset, Abbreviations.Shape shape, List<Value> values, int behind) {

    private static final int MOST_ORIGINS = 8;

    int tag() {
        return shape.tag();
    }

    Optional<Value> get(int attribute) {
        for (int i = 0; i < values.size(); i++) {
            if (shape.attributes().get(i).name() == attribute) {
                return Optional.of(values.get(i));
            }
        }
        return Optional.empty();
    }

    /** What it has itself, or has from the entry that it is an instance or the definition of. */
    Optional<Found> find(int attribute) {
        Optional<Die> die = Optional.of(this);
        for (int i = 0; i < MOST_ORIGINS && die.isPresent(); i++) {
            Die one = die.get();
            Optional<Value> value = one.get(attribute);
            if (value.isPresent()) {
                return Optional.of(new Found(one, value.get()));
            }
            die = one.origin();
        }
        return Optional.empty();
    }

    /**
     * An attribute, and the entry that has it.
     *
     * @param die in whose unit it counts
     * @param value as it is there
     */
    record Found(Die die, Value value) {
        String text() {
            return die.unit().file().text(die.unit(), value);
        }

        Die target() {
            return die.unit().file().target(die.unit(), value);
        }
    }

    /** The entry that it is an instance or the definition of. */
    Optional<Die> origin() {
        return get(Dw.AT_ABSTRACT_ORIGIN)
                .or(() -> get(Dw.AT_SPECIFICATION))
                .map(value -> unit.file().target(unit, value));
    }

    /** The entry of what it is an instance of, as the source has it; itself if it is no instance. */
    Die source() {
        Die die = this;
        for (int i = 0; i < MOST_ORIGINS; i++) {
            Optional<Value> origin = die.get(Dw.AT_ABSTRACT_ORIGIN);
            if (origin.isEmpty()) {
                return die;
            }
            die = die.unit.file().target(die.unit, origin.get());
        }
        throw unit.header().damaged("endless origins, 0x%x".formatted(offset));
    }

    Optional<String> name() {
        return find(Dw.AT_NAME).map(Found::text);
    }

    Optional<Die> type() {
        return find(Dw.AT_TYPE).map(Found::target);
    }

    boolean flag(int attribute) {
        return find(attribute).filter(found -> found.value().number() != 0).isPresent();
    }

    OptionalLong number(int attribute) {
        return find(attribute)
                .filter(found -> !found.value().isBlock())
                .map(found -> OptionalLong.of(found.value().number()))
                .orElse(OptionalLong.empty());
    }

    /** The entries directly below it. */
    List<Die> children() {
        List<Die> children = new ArrayList<>();
        if (shape.hasChildren()) {
            DieScan scan = new DieScan(unit, behind);
            while (scan.next()) {
                if (scan.depth() == 0) {
                    children.add(scan.die());
                }
            }
        }
        return children;
    }

    /** Where its code is entered; empty if it has none. */
    OptionalLong entry() {
        return Ranges.entry(this);
    }

    boolean isSame(Die other) {
        return offset == other.offset
                && unit.file() == other.unit.file()
                && unit.header().info() == other.unit.header().info();
    }
}
