package io.probeunit.conformance.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A program in place of a tool: it writes each call down, then does what it is made for. */
public final class ToolLog {

    private final Path command;
    private final Path log;

    private ToolLog(Path command, Path log) {
        this.command = command;
        this.log = log;
    }

    /** Writes calls of a tool down, then runs it. */
    public static ToolLog of(String tool, Path folder) {
        return of(tool, folder, "exec %s \"$@\"".formatted(tool));
    }

    /** Writes calls of a tool down, then runs the lines of a shell script. */
    public static ToolLog of(String tool, Path folder, String instead) {
        Path command = folder.resolve(tool);
        Path log = folder.resolve(tool + ".log");
        try {
            Files.writeString(command, "#!/bin/sh\necho \"${0##*/} $*\" >>%s\n%s\n".formatted(log, instead));
            Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createFile(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ToolLog(command, log);
    }

    /** The path of the program. */
    public String command() {
        return command.toString();
    }

    /** The calls until now: name and arguments. */
    public List<String> calls() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
