package io.probeunit.internal.kernel;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of machines whose system calls are known. */
public enum Machine {
    /** x86-64. */
    X86_64("x86_64"),
    /** 64-bit ARM. */
    AARCH64("aarch64");

    private final String name;

    Machine(String name) {
        this.name = name;
    }

    /**
     * By its name.
     *
     * @param name as {@code uname -m} prints it, or Java or a daemon calls it
     * @return empty if it is another kind
     */
    public static Optional<Machine> named(String name) {
        String same = name.replace("amd64", X86_64.name).replace("arm64", AARCH64.name);
        return Arrays.stream(values()).filter(m -> m.name.equals(same)).findFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
