package io.probeunit.internal.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * In which of the registers for integers and pointers a function of C++ finds its parameters, as far as their types in its
 * mangled name tell: System V psABI for x86-64, 3.2.3.
 *
 * @param registers numbers of registers, from 1, by numbers of parameters, from 1
 * @param elsewhere what the others are, by their numbers
 * @param narrow the types of those that have at most 32 bits, the rest of whose registers holds anything
 * @param count of the parameters; those after the first that is in neither map may be anywhere
 */
public record CxxParameters(
        Map<Integer, Integer> registers, Map<Integer, String> elsewhere, Map<Integer, String> narrow, int count) {

    private static final int REGISTERS = 6;
    private static final Set<String> NARROW = Set.of(
            "bool",
            "char",
            "signed char",
            "unsigned char",
            "short",
            "unsigned short",
            "int",
            "unsigned int",
            "wchar_t",
            "char8_t",
            "char16_t",
            "char32_t");
    private static final Pattern LONG = Pattern.compile("(?:unsigned )?long(?: long)?|decltype\\(nullptr\\)");
    private static final Pattern FLOATING =
            Pattern.compile("float|double|long double|__float128|_Float\\w+|std::float\\w+_t");
    private static final Pattern WIDE = Pattern.compile("(?:unsigned )?__int128");

    public CxxParameters {
        registers = Map.copyOf(registers);
        elsewhere = Map.copyOf(elsewhere);
        narrow = Map.copyOf(narrow);
    }

    /**
     * Reads them.
     *
     * @param suffix parameters in parentheses, as {@link CxxFunction#suffix()} has them
     */
    public static CxxParameters of(String suffix) {
        List<String> types = split(suffix);
        Map<Integer, Integer> registers = new HashMap<>();
        Map<Integer, String> elsewhere = new HashMap<>();
        Map<Integer, String> narrow = new HashMap<>();
        int next = 1;
        for (int number = 1; number <= types.size(); number++) {
            String type = types.get(number - 1);
            if (FLOATING.matcher(type).matches()) {
                elsewhere.put(number, "a floating-point number");
            } else if (WIDE.matcher(type).matches()) {
                elsewhere.put(number, "a number of 128 bits");
                // on the stack as a whole where two are not left
                next += next < REGISTERS ? 2 : 0;
            } else if (isWord(type)) {
                if (next > REGISTERS) {
                    elsewhere.put(number, "on the stack");
                } else {
                    if (NARROW.contains(type)) {
                        narrow.put(number, type);
                    }
                    registers.put(number, next++);
                }
            } else {
                break;
            }
        }
        return new CxxParameters(
                registers, elsewhere, narrow, types.contains("...") ? Integer.MAX_VALUE : types.size());
    }

    private static boolean isWord(String type) {
        // a pointer to a member function is two words
        boolean pointer = type.endsWith("*") || type.endsWith("&") || type.contains("(*)(") || type.contains("(&)(");
        return pointer && !type.contains("::*)")
                || NARROW.contains(type)
                || LONG.matcher(type).matches();
    }

    private static List<String> split(String suffix) {
        List<String> types = new ArrayList<>();
        int depth = 0;
        StringBuilder type = new StringBuilder();
        for (char c : suffix.toCharArray()) {
            depth += "(<[{".indexOf(c) >= 0 ? 1 : 0;
            depth -= ")>]}".indexOf(c) >= 0 ? 1 : 0;
            if (depth == 0) {
                break;
            }
            if (depth == 1 && c == ',') {
                types.add(type.toString().strip());
                type.setLength(0);
            } else if (depth > 1 || c != '(') {
                type.append(c);
            }
        }
        Optional.of(type.toString().strip()).filter(last -> !last.isEmpty()).ifPresent(types::add);
        return types;
    }
}
