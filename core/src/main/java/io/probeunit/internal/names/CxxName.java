package io.probeunit.internal.names;

/**
 * A name of C++, perhaps with the scopes around it.
 *
 * @param full with the arguments of templates
 * @param bare without them
 * @param last the last component without arguments, which constructors have for a name
 * @param template whether it ends with the arguments of a template
 * @param returns whether a template function of this name has its return type mangled: constructors, destructors and
 *     conversions have none
 * @param suffix qualifiers of a member function, such as {@code " const"}
 */
record CxxName(String full, String bare, String last, boolean template, boolean returns, String suffix)
        implements CxxEntry {

    static CxxName of(String text) {
        return new CxxName(text, text, text, false, true, "");
    }

    /** Without what belongs to the function of this name alone. */
    CxxName asScope() {
        return new CxxName(full, bare, last, template, true, "");
    }

    CxxName in(CxxName scope) {
        return new CxxName(scope.full + "::" + full, scope.bare + "::" + bare, last, template, returns, suffix);
    }

    CxxName withArguments(String arguments) {
        // "operator<" and "operator<<" need a blank before the arguments
        String open = full.endsWith("<") ? " <" : "<";
        String close = arguments.endsWith(">") ? " >" : ">";
        return new CxxName(full + open + arguments + close, bare, last, true, returns, suffix);
    }

    CxxName tagged(String tag) {
        return new CxxName(full + "[abi:" + tag + "]", bare, last, template, returns, suffix);
    }

    CxxName withSuffix(String more) {
        return new CxxName(full, bare, last, template, returns, more);
    }

    CxxType asType() {
        return CxxType.of(full);
    }
}
