package io.probeunit.internal.binary;

import java.util.List;
import java.util.Set;

/**
 * What a file takes from libraries when it is loaded. Immutable and thread-safe.
 *
 * @param functions the names that it does not define itself, without versions
 * @param libraries the files that it needs, as it names them: {@code libc.so.6}
 */
public record Imports(Set<String> functions, List<String> libraries) {

    /** Nothing. */
    public static final Imports NONE = new Imports(Set.of(), List.of());

    /** Takes copies of both. */
    public Imports {
        functions = Set.copyOf(functions);
        libraries = List.copyOf(libraries);
    }
}
