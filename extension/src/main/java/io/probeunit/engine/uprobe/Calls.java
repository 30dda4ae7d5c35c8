package io.probeunit.engine.uprobe;

import io.probeunit.engine.EngineException;
import io.probeunit.engine.Readiness.Lack;
import java.util.Optional;

/**
 * What reaches the kernel.
 *
 * @param kernel system calls
 * @param bpf those of bpf(2)
 */
record Calls(Kernel kernel, Bpf bpf) {

    Calls(Kernel kernel) {
        this(kernel, new Bpf(kernel));
    }

    /** Found out once. */
    private static final class Library {
        private static final Optional<Lack> LACK = Jna.lack();
    }

    /** Made once, and only where there is no lack. */
    private static final class Here {
        private static final Calls CALLS = new Calls(Kernel.load());
    }

    /** Why none can be made. */
    static Optional<Lack> lack() {
        return Library.LACK;
    }

    /**
     * Those of this JVM.
     *
     * @throws EngineException if none can be made
     */
    static Calls here() {
        lack().ifPresent(lack -> {
            throw new EngineException("No system calls can be made: %s. %s".formatted(lack.what(), lack.cure()));
        });
        return Here.CALLS;
    }
}
