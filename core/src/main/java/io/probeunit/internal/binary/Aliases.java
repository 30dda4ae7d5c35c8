package io.probeunit.internal.binary;

import io.probeunit.internal.binary.FunctionSymbol.Binding;
import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.names.SourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Distinguishes several names of one function from several functions that share their code.
 *
 * <p>A source gives a function several names by an attribute ({@code alias}): mostly a weak one for a strong one, the
 * same with underscores or a prefix, or one of an older version. Functions that linkers ({@code --icf}) and compilers
 * ({@code -fipa-icf}, LLVM's {@code mergefunc}) merge have unrelated names; each was a separate function.
 */
final class Aliases {

    /** glibc's and musl's: {@code __GI_fsync}, {@code __libc_write}, {@code _IO_puts}, {@code __new_sem_post}. */
    private static final Pattern PREFIX =
            Pattern.compile("^(?:__GI_|__EI_|__libc_|_IO_(?:new_|old_)?|__new_|__old_|__isoc\\d\\d_|_+)(?=.)");

    private static final Pattern SUFFIX = Pattern.compile("(?<=.)(?:64|_+|_impl|_internal|_nocancel)$");

    /** Large files, which have nothing of their own on 64-bit machines: {@code preadv64v2}. */
    private static final Pattern LARGE = Pattern.compile("(?<=[a-z])64(?:v(?=\\d)|(?=_|$))");

    /** A constructor's or destructor's kind: for the whole object, for a base class, both, with or without freeing. */
    private static final Pattern STRUCTOR = Pattern.compile("([CD])[0-9](?=E|I|B)");

    private static final Pattern DELETING = Pattern.compile("^_ZN.*D0Ev$");

    private Aliases() {}

    /** Those of the names at one address that stand for functions of their own beside what is meant. */
    static List<FunctionSymbol> folded(List<FunctionSymbol> meant, List<FunctionSymbol> atOneAddress, boolean apart) {
        List<FunctionSymbol> others = new ArrayList<>(atOneAddress);
        others.removeAll(meant);
        if (others.isEmpty()) {
            return others;
        }
        boolean own = meant.stream().allMatch(symbol -> symbol.binding() == Binding.LOCAL);
        boolean library = atOneAddress.stream().anyMatch(symbol -> symbol.name().contains("@GLIBC_"));
        others.removeIf(other -> FunctionNames.isColdPiece(other.name())
                || VersionChoice.isOld(other)
                // the C library is linked from files that have a function each, and keeps the names of its own use
                || library && (own || other.binding() == Binding.LOCAL));
        List<FunctionSymbol> same = new ArrayList<>(meant);
        // an alias of an alias is one as well
        for (int i = 0; i < same.size(); i++) {
            FunctionSymbol one = same.get(i);
            others.removeIf(other -> (apart && areSeen(one, other) || isOneFunction(one, other)) && same.add(other));
        }
        return others;
    }

    /** In C++ the linker keeps one copy of a template's instance, and may take it from another compiler's file. */
    private static boolean areSeen(FunctionSymbol one, FunctionSymbol other) {
        return one.binding() == Binding.GLOBAL
                && other.binding() == Binding.GLOBAL
                && !SourceName.isMangled(one.baseName())
                && !SourceName.isMangled(other.baseName());
    }

    private static boolean isOneFunction(FunctionSymbol one, FunctionSymbol other) {
        String name = one.baseName();
        String otherName = other.baseName();
        boolean mangled = SourceName.isMangled(name);
        if (mangled && SourceName.isMangled(otherName)) {
            return withoutKind(name).equals(withoutKind(otherName));
        }
        // in C weak names are given on purpose; in C++ those of templates and inline functions are weak, and mangled
        return !mangled && one.binding() == Binding.WEAK
                || !SourceName.isMangled(otherName) && other.binding() == Binding.WEAK
                || isVersionOf(one, other)
                || isVersionOf(other, one)
                || plain(name).equals(plain(otherName));
    }

    /** What a source calls {@code reserve_v2} or {@code __reserve_old}, and a library {@code reserve@@V2} ({@code .symver}). */
    private static boolean isVersionOf(FunctionSymbol versioned, FunctionSymbol own) {
        return versioned.name().indexOf('@', 1) > 0
                && own.binding() == Binding.LOCAL
                && own.name().contains(versioned.unversioned());
    }

    /** Whether it is a constructor or destructor, of which a compiler makes several. */
    static boolean hasKinds(FunctionSymbol function) {
        return STRUCTOR.matcher(function.baseName()).find();
    }

    /** Whether they are the same constructor or destructor at two places. */
    static boolean areKindsOfOne(FunctionSymbol one, FunctionSymbol other) {
        return one.address() != other.address()
                && hasKinds(one)
                && withoutKind(one.baseName()).equals(withoutKind(other.baseName()));
    }

    /** The constructors and destructors among some functions, by their names without the kind; in the same order. */
    static Map<String, List<FunctionSymbol>> byKinds(List<FunctionSymbol> functions) {
        return functions.stream()
                .filter(Aliases::hasKinds)
                .collect(Collectors.groupingBy(function -> withoutKind(function.baseName())));
    }

    /** Those of {@link #byKinds} that may be the same as a function at another place. */
    static List<FunctionSymbol> kindsOf(FunctionSymbol function, Map<String, List<FunctionSymbol>> byKinds) {
        return byKinds.getOrDefault(withoutKind(function.baseName()), List.of());
    }

    /** Whether it is a destructor that also frees the memory: Itanium C++ ABI, 5.1.4.3, {@code D0}. */
    static boolean isDeleting(FunctionSymbol function) {
        return DELETING.matcher(function.baseName()).find();
    }

    private static String withoutKind(String mangled) {
        return STRUCTOR.matcher(mangled).replaceAll("$1");
    }

    private static String plain(String name) {
        return LARGE.matcher(without(SUFFIX, without(PREFIX, name))).replaceAll("");
    }

    private static String without(Pattern affix, String name) {
        String plain = name;
        Matcher matcher = affix.matcher(plain);
        while (matcher.find()) {
            plain = matcher.replaceFirst("");
            matcher = affix.matcher(plain);
        }
        return plain;
    }
}
