package io.probeunit.internal.dwarf;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows a path from a parameter to a value that can be read. */
final class ValuePath {

    private static final Pattern STEP = Pattern.compile("(?:->|\\.)?([A-Za-z_]\\w*)|\\[(\\d+)]");

    private final FunctionInfo function;
    private final String path;

    ValuePath(FunctionInfo function, String path) {
        this.function = function;
        this.path = path;
    }

    /** Something cannot be followed. */
    private static final class No extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient EntryValue answer;

        No(EntryValue answer) {
            super("", null, false, false);
            this.answer = answer;
        }

        static No because(String reason) {
            return new No(new EntryValue.Refused(reason));
        }
    }

    private record Here(EntryPlace place, DebugType type) {}

    EntryValue value() {
        try {
            Matcher step = STEP.matcher(path);
            Here here = step.find() ? parameter(step.group(1)) : parameter(path);
            while (step.find()) {
                here = step.group(1) == null
                        ? element(here, Long.parseLong(step.group(2)))
                        : member(here, step.group(1));
            }
            return read(
                    here.type() instanceof DebugType.Pointer pointer && pointer.reference()
                            ? target(here, pointer)
                            : here);
        } catch (No no) {
            return no.answer;
        }
    }

    /** A parameter as it is. */
    static EntryValue read(FunctionInfo.Parameter parameter) {
        try {
            return read(new Here(parameter.place(), parameter.type()));
        } catch (No no) {
            return no.answer;
        }
    }

    /** What a function returns, in the register for numbers and addresses. */
    static EntryValue read(DebugType returned, int register) {
        try {
            return read(new Here(new EntryPlace.Register(register), returned));
        } catch (No no) {
            return no.answer;
        }
    }

    private Here parameter(String name) {
        List<FunctionInfo.Parameter> all = function.parameters();
        Optional<FunctionInfo.Parameter> found =
                all.stream().filter(one -> one.name().equals(name)).findFirst();
        return found.map(one -> new Here(one.place(), one.type()))
                .orElseThrow(() -> new No(new EntryValue.Missing(
                        name,
                        function.name(),
                        all.stream()
                                .map(FunctionInfo.Parameter::name)
                                .filter(one -> !one.isEmpty())
                                .toList())));
    }

    private static Here member(Here here, String name) {
        Here whole = here.type() instanceof DebugType.Pointer pointer ? target(here, pointer) : here;
        if (!(whole.type() instanceof DebugType.Structure structure)) {
            throw No.because("%s has no members".formatted(whole.type().text()));
        }
        List<DebugType.Member> all = structure.members().get();
        DebugType.Member member = all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new No(new EntryValue.Missing(
                        name,
                        structure.text(),
                        all.stream().map(DebugType.Member::name).toList())));
        if (member.bits().isPresent()) {
            throw No.because("%s is a bit field".formatted(name));
        }
        return moved(whole, member.offset(), member.type().get());
    }

    private static Here element(Here here, long number) {
        if (here.type() instanceof DebugType.Array array) {
            if (array.count().isPresent() && number >= array.count().getAsLong()) {
                throw No.because("there is no element %d of %s".formatted(number, array.text()));
            }
            DebugType element = array.element().get();
            return moved(here, number * size(element), element);
        }
        if (here.type() instanceof DebugType.Pointer pointer) {
            Here first = target(here, pointer);
            return moved(first, number * size(first.type()), first.type());
        }
        throw No.because("%s has no elements".formatted(here.type().text()));
    }

    private static long size(DebugType type) {
        if (type instanceof DebugType.Whole whole) {
            return whole.size();
        }
        if (type instanceof DebugType.Structure structure && structure.size() > 0) {
            return structure.size();
        }
        if (type instanceof DebugType.Enumeration enumeration) {
            return enumeration.size();
        }
        if (type instanceof DebugType.Pointer) {
            return Long.BYTES;
        }
        throw No.because("%s has no fixed size".formatted(type.text()));
    }

    private static Here target(Here here, DebugType.Pointer pointer) {
        EntryPlace place = here.place();
        if (place instanceof EntryPlace.Register register) {
            return new Here(
                    new EntryPlace.Memory(register.number(), 0),
                    pointer.target().get());
        }
        if (place instanceof EntryPlace.Nowhere nowhere) {
            throw No.because(nowhere.reason());
        }
        throw No.because("it is behind two addresses in memory");
    }

    private static Here moved(Here here, long offset, DebugType type) {
        if (here.place() instanceof EntryPlace.Memory memory) {
            return new Here(new EntryPlace.Memory(memory.base(), memory.offset() + offset), type);
        }
        throw No.because(
                here.place() instanceof EntryPlace.Nowhere nowhere
                        ? nowhere.reason()
                        : "its structure is in registers");
    }

    private static EntryValue read(Here here) {
        DebugType type = here.type();
        if (type instanceof DebugType.Whole whole) {
            return readable(here, whole.size(), whole.signed(), false);
        }
        if (type instanceof DebugType.Enumeration enumeration) {
            return readable(here, enumeration.size(), enumeration.signed(), false);
        }
        if (type instanceof DebugType.Pointer) {
            return readable(here, Long.BYTES, false, true);
        }
        throw No.because(text(type));
    }

    private static EntryValue readable(Here here, int size, boolean signed, boolean address) {
        if (here.place() instanceof EntryPlace.Nowhere nowhere) {
            throw No.because(nowhere.reason());
        }
        return new EntryValue.Readable(here.place(), here.type().text(), size, signed, address);
    }

    /** What a type is, as part of a sentence. */
    static String text(DebugType type) {
        if (type instanceof DebugType.Floating floating) {
            return "it is a floating-point number (%s)".formatted(floating.text());
        }
        if (type instanceof DebugType.Structure structure) {
            return "it is a structure (%s)".formatted(structure.text());
        }
        if (type instanceof DebugType.Array array) {
            return "it is an array (%s)".formatted(array.text());
        }
        if (type instanceof DebugType.Other other) {
            return "%s is %s".formatted(other.text(), other.what());
        }
        return type instanceof DebugType.Nothing ? "it is nothing (void)" : "of type " + type.text();
    }
}
