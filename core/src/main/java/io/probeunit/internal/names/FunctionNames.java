package io.probeunit.internal.names;

import java.util.regex.Pattern;

/** What compilers and linkers append to the name of a function. */
public final class FunctionNames {

    /**
     * GCC: constprop, isra, part, clone, lto_priv, localalias; LLVM: llvm (promoted by ThinLTO), __uniq, specialized.
     * Anything else after a dot may be part of a name (Go: {@code main.part}; function multiversioning:
     * {@code foo.avx2}), and stays, but for a number: see {@link #isNumbered}.
     */
    private static final Pattern CLONE = Pattern.compile("(?:\\.localalias"
            + "|\\.(?:constprop|isra|part|clone|lto_priv|localalias|specialized|llvm|__uniq)\\.[0-9]+)+$");

    private static final Pattern COLD = Pattern.compile("\\.cold(?:\\.[0-9]+)?(?:\\.|$)");
    private static final Pattern PART = Pattern.compile("\\.part\\.[0-9]+(?:\\.|$)");

    /**
     * Copies with other parameters: GCC's constprop, isra, part and clone, LLVM's specialized, and the bare number that LLVM
     * gives to copies. What is merely renamed (lto_priv, localalias, llvm, __uniq) is not among them.
     */
    private static final Pattern RESHAPED =
            Pattern.compile("\\.(?:constprop|isra|part|clone|specialized)\\.[0-9]+(?:\\.|$)|[A-Za-z0-9_]\\.[0-9]+$");

    private static final Pattern RENAMED = Pattern.compile("\\.(?:lto_priv|llvm|__uniq|localalias)(?:\\.[0-9]+)?");

    private FunctionNames() {}

    /** The name before the version that a library gives it: {@code memcpy} of {@code memcpy@GLIBC_2.2.5}. */
    public static String withoutVersion(String name) {
        // not at the start: a lone '@' is somebody's odd name
        int at = name.indexOf('@', 1);
        return at < 0 ? name : name.substring(0, at);
    }

    /** The name that the source has, without version and without what compilers append to clones. */
    public static String baseName(String name) {
        String plain = withoutVersion(name);
        // most names have no dot, and a symbol table has many names
        if (plain.indexOf('.', 1) < 0) {
            return plain;
        }
        String base = withoutNumber(CLONE.matcher(plain).replaceFirst(""));
        return base.isEmpty() ? plain : base;
    }

    /**
     * Says whether a number alone was appended. LLVM does so to functions of one name that come from several files when
     * it optimises all of them at once, and to some clones; GCC to functions inside of functions.
     */
    public static boolean isNumbered(String name) {
        String plain = CLONE.matcher(withoutVersion(name)).replaceFirst("");
        return !withoutNumber(plain).equals(plain);
    }

    /** With another dot it is a name of a language that has dots (Go: {@code main.main.func1.1}). */
    private static String withoutNumber(String name) {
        int dot = name.indexOf('.', 1);
        if (dot < 0 || dot == name.length() - 1) {
            return name;
        }
        for (int i = dot + 1; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return name;
            }
        }
        return name.substring(0, dot);
    }

    /** Says whether this is the rarely used rest of a function, which is jumped into, not called. */
    public static boolean isColdPiece(String name) {
        return name.indexOf(".cold", 1) > 0 && COLD.matcher(name).find();
    }

    /** Says whether this is the greater part of a function, whose beginning may be copied into callers. */
    public static boolean isPart(String name) {
        return name.indexOf(".part.", 1) > 0 && PART.matcher(name).find();
    }

    /** Says whether this is a copy of a function that need not have its parameters and its return value. */
    public static boolean isReshaped(String name) {
        String plain = withoutVersion(name);
        return plain.indexOf('.', 1) > 0
                && RESHAPED.matcher(RENAMED.matcher(plain).replaceAll("")).find();
    }
}
