package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.LocalKernel;
import io.probeunit.internal.kernel.SystemCall;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether system calls can be made in this JVM at all: JNA is on the class path, and can load its native part. */
final class Jna {

    private static final String NATIVE = "com.sun.jna.Native";

    private Jna() {}

    /** What is missing for calls in this JVM; nothing is needed for those elsewhere. */
    static Optional<Lack> lack(Kernel kernel) {
        return kernel instanceof LocalKernel
                ? lack(Jna.class.getClassLoader(), () -> kernel.call(one()))
                : Optional.empty();
    }

    private static Batch one() {
        Batch batch = new Batch();
        batch.call(SystemCall.GETPID);
        return batch;
    }

    /**
     * What is missing.
     *
     * @param loader where JNA is looked for
     * @param first what needs its native part
     */
    static Optional<Lack> lack(ClassLoader loader, Supplier<?> first) {
        try {
            Class.forName(NATIVE, false, loader);
            first.get();
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of(new Lack(
                    "JNA is not on the class path, and the built-in engine needs it for its system calls (PU1063)",
                    "Add net.java.dev.jna:jna, or remove the exclusion that keeps it out."));
        } catch (LinkageError | KernelException e) {
            return Optional.of(
                    new Lack(
                            "JNA could not load its native part (PU1064): %s".formatted(cause(e)),
                            "JNA unpacks it into a folder (jna.tmpdir, else java.io.tmpdir) that must be writable and not mounted noexec; the library path may have another version (jna.nosys=true ignores it)."));
        }
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
