package io.probeunit.host.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Values as words with single blanks between them, and back: records and what they hold.
 *
 * <p>Knows records, sealed interfaces whose permitted types are records, enums, strings, numbers, arrays of bytes,
 * optionals, lists, sets and maps. A record is its components in their order; where the declared type is a sealed
 * interface, the simple name of the record goes ahead. Only types that the reader asks for are ever made.
 */
final class WireText {

    private static final String NONE = "-";
    private static final String SOME = "+";

    private WireText() {}

    /** Writes a value as what it was declared; no line break is in the text. */
    static String write(Object value, Type type) {
        StringJoiner words = new StringJoiner(" ");
        write(value, type, words);
        return words.toString();
    }

    /** Reads what {@link #write} wrote for the same type; for anything else the result is an exception of any kind. */
    static Object read(String text, Type type) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.split(" ", -1)));
        Object value = read(words, type);
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("more words than %s has: %s".formatted(type, words));
        }
        return value;
    }

    private static void write(Object value, Type type, StringJoiner words) {
        if (value instanceof String text) {
            words.add("'" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            words.add("=" + Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Enum<?> constant) {
            words.add(constant.name());
        } else if (value instanceof Optional<?> optional) {
            words.add(optional.isPresent() ? SOME : NONE);
            optional.ifPresent(v -> write(v, argument(type, 0), words));
        } else if (value instanceof OptionalInt optional) {
            words.add(optional.isPresent() ? String.valueOf(optional.getAsInt()) : NONE);
        } else if (value instanceof OptionalLong optional) {
            words.add(optional.isPresent() ? String.valueOf(optional.getAsLong()) : NONE);
        } else if (value instanceof Map<?, ?> map) {
            words.add(String.valueOf(map.size()));
            map.forEach((key, held) -> {
                write(key, argument(type, 0), words);
                write(held, argument(type, 1), words);
            });
        } else if (value instanceof Collection<?> all) {
            words.add(String.valueOf(all.size()));
            all.forEach(each -> write(each, argument(type, 0), words));
        } else if (value instanceof Record) {
            writeRecord(value, type, words);
        } else if (value instanceof Number || value instanceof Boolean) {
            words.add(value.toString());
        } else {
            throw new IllegalArgumentException("not known: " + value.getClass());
        }
    }

    private static void writeRecord(Object value, Type type, StringJoiner words) {
        if (raw(type).isInterface()) {
            words.add(value.getClass().getSimpleName());
        }
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                write(component.getAccessor().invoke(value), component.getGenericType(), words);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record that may not be read: " + value.getClass(), e);
        }
    }

    private static Object read(Deque<String> words, Type type) {
        Class<?> raw = raw(type);
        if (raw.isRecord()) {
            return readRecord(words, raw);
        }
        if (raw.isSealed()) {
            return readRecord(words, permitted(raw, words.pop()));
        }
        if (raw == Map.class) {
            return readMap(words, type);
        }
        if (raw == List.class) {
            return List.copyOf(readAll(words, type));
        }
        if (raw == Set.class) {
            return new LinkedHashSet<>(readAll(words, type));
        }
        String word = words.pop();
        if (raw == Optional.class) {
            return word.equals(SOME) ? Optional.of(read(words, argument(type, 0))) : Optional.empty();
        }
        return simple(word, raw);
    }

    private static Object simple(String word, Class<?> type) {
        if (type == String.class) {
            return URLDecoder.decode(word.substring(1), StandardCharsets.UTF_8);
        }
        if (type == byte[].class) {
            return Base64.getDecoder().decode(word.substring(1));
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no %s: %s".formatted(type, word)));
        }
        if (type == OptionalInt.class) {
            return word.equals(NONE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
        }
        if (type == OptionalLong.class) {
            return word.equals(NONE) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(word);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(word);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(word);
        }
        if (type == BigInteger.class) {
            return new BigInteger(word);
        }
        throw new IllegalArgumentException("not known: " + type);
    }

    private static List<Object> readAll(Deque<String> words, Type type) {
        int size = Integer.parseInt(words.pop());
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(read(words, argument(type, 0)));
        }
        return all;
    }

    private static Map<Object, Object> readMap(Deque<String> words, Type type) {
        int size = Integer.parseInt(words.pop());
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = read(words, argument(type, 0));
            map.put(key, read(words, argument(type, 1)));
        }
        return map;
    }

    private static Object readRecord(Deque<String> words, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = read(words, components[i].getGenericType());
        }
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("%s does not take its own values".formatted(type), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that may not be made: " + type, e);
        }
    }

    /** The record of that simple name, at any depth of sealed interfaces. */
    private static Class<?> permitted(Class<?> sealed, String name) {
        return records(sealed)
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no %s: %s".formatted(sealed, name)));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireText::records)
                : Stream.of(type);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }
}
