package io.probeunit.engine.uprobe;

import io.probeunit.engine.Readiness.Lack;
import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether system calls can be made at all: JNA is on the class path, new enough, and can load its native part. A project's own
 * management of versions (a BOM) may put another JNA there than the one that ProbeUnit asks for.
 */
final class Jna {

    /** The first whose {@code Memory} can be closed. */
    static final String OLDEST = "5.12.0";

    private static final String MEMORY = "com.sun.jna.Memory";

    private Jna() {}

    /** What is missing; empty if nothing is. */
    static Optional<Lack> lack() {
        return lack(Jna.class.getClassLoader(), Kernel::load);
    }

    /**
     * What is missing.
     *
     * @param loader where JNA is looked for
     * @param first what needs its native part
     */
    static Optional<Lack> lack(ClassLoader loader, Supplier<?> first) {
        try {
            Class<?> memory = Class.forName(MEMORY, false, loader);
            if (!AutoCloseable.class.isAssignableFrom(memory)) {
                return Optional.of(new Lack(
                        "JNA %s is on the class path (%s), and the built-in engine needs %s or newer, in which memory that the kernel reads can be given back"
                                .formatted(version(memory), jar(memory), OLDEST),
                        "Let your build take net.java.dev.jna:jna %s or newer: a BOM that it imports (as Quarkus' does) may manage an older one, which a version of your own in dependencyManagement, before that import, overrides."
                                .formatted(OLDEST)));
            }
            first.get();
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of(new Lack(
                    "JNA is not on the class path, which the built-in engine makes its system calls with",
                    "Add net.java.dev.jna:jna, %s or newer, or remove the exclusion that keeps it out."
                            .formatted(OLDEST)));
        } catch (LinkageError e) {
            return Optional.of(
                    new Lack(
                            "JNA could not load its native part: %s".formatted(cause(e)),
                            "JNA unpacks it into a folder (jna.tmpdir, else java.io.tmpdir) that must be writable and not mounted noexec; one of another version may lie in the library path (jna.nosys=true passes it over)."));
        }
    }

    /** From the manifest, such as {@code 5.8.0 (b0)}: the constant in the code is of a type that is not public. */
    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion())
                .map(version -> version.replaceFirst(" .*", ""))
                .orElse("of an unknown version");
    }

    private static String jar(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(URL::getPath)
                .orElse("from an unknown place");
    }

    /** The error of a class whose beginning failed names only that class. */
    private static Throwable cause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
