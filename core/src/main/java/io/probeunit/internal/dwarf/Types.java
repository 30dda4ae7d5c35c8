package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads types; DWARF 5, section 5. */
final class Types {

    /** Of a type that is named by types that are named by types. */
    private static final int DEEPEST = 64;

    private static final int BOOLEAN = 0x02;
    private static final int FLOAT = 0x04;
    private static final int SIGNED = 0x05;
    private static final int SIGNED_CHAR = 0x06;
    private static final int UNSIGNED = 0x07;
    private static final int UNSIGNED_CHAR = 0x08;
    private static final int UTF = 0x10;
    private static final int ASCII = 0x12;
    private static final int MOST_MEMBERS = 1 << 16;

    private Types() {}

    /** The type of an entry that has one. */
    static DebugType of(Die die) {
        return die.type().map(type -> read(type, 0)).orElseGet(DebugType.Nothing::new);
    }

    private static DebugType read(Die die, int depth) {
        if (depth > DEEPEST) {
            throw die.unit().header().damaged("endless types, 0x%x".formatted(die.offset()));
        }
        return switch (die.tag()) {
            case Dw.TAG_TYPEDEF -> called(next(die, depth), name(die));
            case Dw.TAG_CONST -> qualified("const", next(die, depth));
            case Dw.TAG_VOLATILE -> qualified("volatile", next(die, depth));
            case Dw.TAG_RESTRICT, Dw.TAG_IMMUTABLE -> next(die, depth);
            case Dw.TAG_ATOMIC -> qualified("_Atomic", next(die, depth));
            case Dw.TAG_BASE -> base(die);
            case Dw.TAG_ENUMERATION -> enumeration(die, depth);
            case Dw.TAG_POINTER -> pointer(die, " *", depth, false);
            case Dw.TAG_REFERENCE -> pointer(die, " &", depth, true);
            case Dw.TAG_RVALUE_REFERENCE -> pointer(die, " &&", depth, true);
            case Dw.TAG_STRUCTURE -> structure(die, "struct ");
            case Dw.TAG_CLASS -> structure(die, "");
            case Dw.TAG_UNION -> structure(die, "union ");
            case Dw.TAG_ARRAY -> array(die, depth);
            case Dw.TAG_SUBROUTINE_TYPE -> new DebugType.Other("function", "a function");
            case Dw.TAG_UNSPECIFIED_TYPE ->
                new DebugType.Other(name(die), "a type that the debug information leaves out");
            default -> new DebugType.Other(name(die), "of a kind that is not read (tag 0x%x)".formatted(die.tag()));
        };
    }

    private static DebugType next(Die die, int depth) {
        return die.type().map(type -> read(type, depth + 1)).orElseGet(DebugType.Nothing::new);
    }

    private static String name(Die die) {
        return die.name().orElse("");
    }

    private static DebugType qualified(String qualifier, DebugType type) {
        return type instanceof DebugType.Pointer
                ? called(type, type.text() + " " + qualifier)
                : called(type, qualifier + " " + type.text());
    }

    private static DebugType called(DebugType type, String text) {
        if (type instanceof DebugType.Whole whole) {
            return new DebugType.Whole(text, whole.size(), whole.signed());
        }
        if (type instanceof DebugType.Floating floating) {
            return new DebugType.Floating(text, floating.size());
        }
        if (type instanceof DebugType.Enumeration one) {
            return new DebugType.Enumeration(text, one.size(), one.signed(), one.enumerators());
        }
        if (type instanceof DebugType.Pointer pointer) {
            return new DebugType.Pointer(text, pointer.target(), pointer.reference());
        }
        if (type instanceof DebugType.Structure structure) {
            return new DebugType.Structure(text, structure.size(), structure.members());
        }
        if (type instanceof DebugType.Array array) {
            return new DebugType.Array(text, array.element(), array.count());
        }
        return type instanceof DebugType.Other other ? new DebugType.Other(text, other.what()) : type;
    }

    private static DebugType base(Die die) {
        int size = size(die);
        String name = name(die);
        int encoding = (int) die.number(Dw.AT_ENCODING).orElse(0);
        boolean fits = size == 1 || size == 2 || size == 4 || size == 8;
        return switch (encoding) {
            case SIGNED, SIGNED_CHAR -> fits ? new DebugType.Whole(name, size, true) : wide(name, size);
            case UNSIGNED, UNSIGNED_CHAR, BOOLEAN, UTF, ASCII ->
                fits ? new DebugType.Whole(name, size, false) : wide(name, size);
            case FLOAT -> new DebugType.Floating(name, size);
            default -> new DebugType.Other(name, "a number of a kind that is not read");
        };
    }

    private static DebugType wide(String name, int size) {
        return new DebugType.Other(name, "a %d-byte number".formatted(size));
    }

    private static int size(Die die) {
        return (int) Math.max(
                0, Math.min(Integer.MAX_VALUE, die.number(Dw.AT_BYTE_SIZE).orElse(0)));
    }

    private static DebugType enumeration(Die die, int depth) {
        Die whole = complete(die);
        boolean known = whole.type().isPresent();
        DebugType underlying = known ? next(whole, depth) : new DebugType.Nothing();
        int size = size(whole);
        boolean signed = underlying instanceof DebugType.Whole number
                ? number.signed()
                : enumerators(whole).values().stream().anyMatch(value -> value < 0);
        String text = ("enum " + name(die)).strip();
        return size == 1 || size == 2 || size == 4 || size == 8
                ? new DebugType.Enumeration(text, size, signed, () -> enumerators(whole))
                : new DebugType.Other(text, "a %d-byte enumeration".formatted(size));
    }

    private static Map<String, Long> enumerators(Die die) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (Die child : die.children()) {
            if (child.tag() == Dw.TAG_ENUMERATOR) {
                child.get(Dw.AT_CONST_VALUE).ifPresent(value -> values.put(name(child), value.number()));
            }
        }
        return values;
    }

    private static DebugType pointer(Die die, String sign, int depth, boolean reference) {
        String target = die.type().map(type -> read(type, depth + 1).text()).orElse("void");
        String text = target.endsWith("*") || target.endsWith("&") ? target + sign.strip() : target + sign;
        return new DebugType.Pointer(text, () -> next(die, 0), reference);
    }

    private static DebugType structure(Die die, String kind) {
        Die whole = complete(die);
        String name = name(die);
        String text = name.isEmpty() ? kind + "{...}" : kind + name;
        return whole.get(Dw.AT_DECLARATION).isPresent()
                ? new DebugType.Other(text, "only declared in its source file")
                : new DebugType.Structure(text, size(whole), () -> {
                    List<DebugType.Member> members = new ArrayList<>();
                    members(whole, 0, members, 0);
                    return List.copyOf(members);
                });
    }

    /** A declaration may name the definition by its signature. */
    private static Die complete(Die die) {
        return die.get(Dw.AT_SIGNATURE)
                .map(signature -> die.unit().file().target(die.unit(), signature))
                .orElse(die);
    }

    private static void members(Die structure, long base, List<DebugType.Member> members, int depth) {
        if (depth > DEEPEST || members.size() > MOST_MEMBERS) {
            throw structure.unit().header().damaged("endless structure, 0x%x".formatted(structure.offset()));
        }
        for (Die child : structure.children()) {
            boolean inherited = child.tag() == Dw.TAG_INHERITANCE;
            OptionalLong offset = offset(child);
            if (!inherited && child.tag() != Dw.TAG_MEMBER || offset.isEmpty()) {
                continue;
            }
            Optional<String> name = inherited ? Optional.empty() : child.name();
            if (name.isPresent()) {
                members.add(member(child, name.get(), base + offset.getAsLong()));
            } else {
                child.type()
                        .map(Types::unnamed)
                        .ifPresent(type -> members(type, base + offset.getAsLong(), members, depth + 1));
            }
        }
    }

    /** Through the names of a class. */
    private static Die unnamed(Die type) {
        Die die = type;
        for (int i = 0; i < DEEPEST && die.tag() == Dw.TAG_TYPEDEF && die.type().isPresent(); i++) {
            die = die.type().get();
        }
        return complete(die);
    }

    /** Empty for a static member, and for a virtual base, which is elsewhere in each class. */
    private static OptionalLong offset(Die member) {
        Optional<Value> location = member.get(Dw.AT_DATA_MEMBER_LOCATION);
        if (location.isPresent() && location.get().isBlock()) {
            Cursor cursor =
                    new Cursor(member.unit().header().info(), location.get().at());
            boolean adds = location.get().length() > 1 && cursor.u8() == 0x23;
            return adds ? OptionalLong.of(cursor.uleb()) : OptionalLong.empty();
        }
        return member.get(Dw.AT_DECLARATION).isPresent()
                        || member.get(Dw.AT_EXTERNAL).isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(location.map(Value::number).orElse(0L));
    }

    private static DebugType.Member member(Die die, String name, long offset) {
        OptionalLong count = die.number(Dw.AT_BIT_SIZE);
        if (count.isEmpty()) {
            return new DebugType.Member(name, () -> of(die), offset, Optional.empty());
        }
        long first = firstBit(die, offset, count.getAsLong());
        long unit = Math.max(1, wholeSize(die));
        long begin = first / (unit * Byte.SIZE) * unit;
        if (first - begin * Byte.SIZE + count.getAsLong() > unit * Byte.SIZE) {
            begin = first / Byte.SIZE;
        }
        return new DebugType.Member(
                name, () -> of(die), begin, Optional.of(new DebugType.Bits((int) (first - begin * Byte.SIZE), (int)
                        count.getAsLong())));
    }

    private static int wholeSize(Die member) {
        DebugType type = of(member);
        return type instanceof DebugType.Whole whole
                ? whole.size()
                : type instanceof DebugType.Enumeration enumeration ? enumeration.size() : 1;
    }

    /** From the begin of the outermost structure; older compilers count from the highest bit of a unit of storage. */
    private static long firstBit(Die die, long offset, long count) {
        OptionalLong fromBegin = die.number(Dw.AT_DATA_BIT_OFFSET);
        if (fromBegin.isPresent()) {
            return offset * Byte.SIZE + fromBegin.getAsLong();
        }
        OptionalLong fromTop = die.number(Dw.AT_BIT_OFFSET);
        long storage = die.number(Dw.AT_BYTE_SIZE).orElseGet(() -> wholeSize(die));
        return fromTop.isPresent() ? (offset + storage) * Byte.SIZE - fromTop.getAsLong() - count : offset * Byte.SIZE;
    }

    private static DebugType array(Die die, int depth) {
        OptionalLong count = OptionalLong.empty();
        int dimensions = 0;
        for (Die child : die.children()) {
            if (child.tag() == Dw.TAG_SUBRANGE && dimensions++ == 0) {
                OptionalLong upper = child.number(Dw.AT_UPPER_BOUND);
                count = child.number(Dw.AT_COUNT);
                if (count.isEmpty() && upper.isPresent()) {
                    count = OptionalLong.of(upper.getAsLong() + 1);
                }
            }
        }
        DebugType element = next(die, depth);
        return dimensions > 1
                ? new DebugType.Other(element.text() + "[][]", "of several dimensions")
                : new DebugType.Array(
                        element.text() + "[" + (count.isPresent() ? count.getAsLong() : "") + "]",
                        () -> next(die, 0),
                        count);
    }
}
