package io.probeunit.internal.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The helper's program, which the build has made for each kind of machine. */
public final class HelperBinary {

    private HelperBinary() {}

    /**
     * The program for a kind of machine.
     *
     * @param machine that it is to run on
     * @return a static ELF file; empty where this archive was built without a compiler for it
     */
    public static Optional<byte[]> of(Machine machine) {
        try (InputStream program = HelperBinary.class.getResourceAsStream("helper-" + machine)) {
            return program == null ? Optional.empty() : Optional.of(program.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
