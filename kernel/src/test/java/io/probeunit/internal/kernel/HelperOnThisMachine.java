package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** A fixture: the real helper, as a child process of this JVM. */
public final class HelperOnThisMachine implements AutoCloseable {

    private final Process process;
    private final HelperKernel kernel;

    private HelperOnThisMachine(Process process) {
        this.process = process;
        this.kernel = new HelperKernel(
                machine(), process.getInputStream(), process.getOutputStream(), () -> "the helper has ended");
    }

    /** Starts it, with one thread as yet. */
    public static HelperOnThisMachine start() {
        try {
            Path program = Files.createTempFile(
                    "helper-", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Files.write(program, HelperBinary.of(machine()).orElseThrow());
                return new HelperOnThisMachine(new ProcessBuilder(program.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            } finally {
                Files.delete(program);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Machine machine() {
        return new LocalKernel().machine();
    }

    public HelperKernel kernel() {
        return kernel;
    }

    public Process process() {
        return process;
    }

    /** Ends its input, and waits for its end. */
    @Override
    public void close() {
        kernel.close();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
