package io.probeunit.internal.host;

import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.LocalKernel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine that the JVM runs on. */
public final class LocalHost implements Host {

    /** What it is called in messages. */
    public static final String NAME = "local";

    /** Where Java looks without the variable. */
    private static final String STANDARD_PATH = "/bin:/usr/bin";

    private final Kernel calls = new LocalKernel();
    private final HostFiles files = new KernelFiles(() -> calls);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public Kernel calls() {
        return calls;
    }

    @Override
    public HostProcess start(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(Path.of(command.folder()).toFile());
        builder.environment().putAll(command.environment());
        try {
            return new LocalProcess(builder.start(), calls);
        } catch (IOException e) {
            String message = "Could not start '%s': %s".formatted(command, e.getMessage());
            throw isThere(command) ? new HostException(message, e) : new NoSuchProgramException(message, e);
        }
    }

    /** Java tells it in words that differ with its version. */
    private static boolean isThere(Command command) {
        String program = command.words().get(0);
        if (program.contains("/")) {
            return new File(program).exists();
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse(STANDARD_PATH);
        return Stream.of(path.split(":")).anyMatch(folder -> new File(folder, program).exists());
    }
}
