package io.probeunit.internal.cli;

import io.probeunit.internal.docker.DockerDaemon;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program {@code probeunit}. */
public final class Main {

    /** Held, since loggers that nobody holds lose their level. What matters of theirs is in our own messages. */
    private static final List<Logger> SILENT =
            List.of(Logger.getLogger("org.testcontainers"), Logger.getLogger("com.github.dockerjava"));

    private Main() {}

    /**
     * Runs a command, and ends this JVM with its exit code.
     *
     * @param arguments the command with its arguments
     */
    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
        // a console is there only on a terminal, also since JDK 22
        System.setProperty("jdk.console", "java.base");
        Logger.getLogger("").setLevel(Level.WARNING);
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
        System.exit(ProbeUnitCommand.of(
                        new DockerDaemon(), Inventory.ofContainers(), ThisMachine::examine, LiveProbes::open)
                .execute(arguments));
    }
}
