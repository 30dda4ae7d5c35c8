package io.probeunit.internal.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start. It is started without a shell: each argument reaches the program unchanged.
 *
 * @param words the program (a path, or a name to look up in PATH) and its arguments
 * @param environment variables set in addition to the host's own
 * @param folder the working folder
 */
public record Command(List<String> words, Map<String, String> environment, String folder) {

    /** Keeps copies, and checks that there is a program. */
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    /**
     * A program in the root folder, with the host's environment.
     *
     * @param words the program and its arguments
     * @return the command
     */
    public static Command of(String... words) {
        return new Command(List.of(words), Map.of(), "/");
    }

    /**
     * The same with more variables.
     *
     * @param variables to add
     * @return a new command
     */
    public Command with(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(variables);
        return new Command(words, all, folder);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
