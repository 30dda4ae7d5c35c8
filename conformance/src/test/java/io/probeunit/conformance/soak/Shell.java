package io.probeunit.conformance.soak;

import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import java.util.List;

/** A shell in a container that runs command after command: each takes a fiftieth of what {@code docker exec} takes. */
final class Shell implements AutoCloseable {

    private static final String LOOP =
            "echo ready; while read -r line; do eval \"$line\" </dev/null 2>/dev/null; echo \"did $?\"; done";

    private final ServingProgram shell;

    Shell(ProgramsContainer container) {
        shell = container.start("sh", "-c", LOOP);
    }

    /**
     * What a command printed, and how it ended.
     *
     * @param lines its lines
     * @param status 0 if it ended well, above 128 if a signal ended it
     */
    record Result(List<String> lines, int status) {}

    Result run(String command) {
        List<String> lines = shell.ask(command);
        String end = lines.get(lines.size() - 1);
        return new Result(lines.subList(0, lines.size() - 1), Integer.parseInt(end.substring("did ".length())));
    }

    /** Runs what must end well. */
    List<String> lines(String command) {
        Result result = run(command);
        if (result.status() != 0) {
            throw new IllegalStateException("'%s': %s".formatted(command, result));
        }
        return result.lines();
    }

    @Override
    public void close() {
        shell.close();
    }
}
