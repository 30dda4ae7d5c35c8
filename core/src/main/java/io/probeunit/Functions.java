package io.probeunit;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerState;

/**
 * Functions of one binary in a container, as {@code @ProbeFunction} and {@code @ExpectFunction} find them.
 *
 * <pre>{@code
 * Functions.of(shop, "/usr/local/bin/shop", "*stock*").annotations().forEach(System.out::println);
 * }</pre>
 *
 * <p>This needs no probes, no privileges and no engine: the file is read through the machine's {@code /proc} if this
 * JVM may, else through the Docker daemon. Debug files in the container count, as for annotations. Immutable and
 * thread-safe.
 *
 * @param container the name of the container in messages
 * @param binary the file's path in the container
 * @param list the functions, each once, ordered by name; at least one
 * @param warnings sentences about parts of the file that were not understood, and on what the names mean; mostly empty
 */
public record Functions(String container, String binary, List<Function> list, List<String> warnings) {

    /** Takes copies of the lists, and orders the functions. */
    public Functions {
        list = list.stream().sorted().toList();
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads functions of a binary.
     *
     * @param container of Testcontainers; may have ended if the binary is an absolute path
     * @param binary an absolute path in the container, or a file name that is looked up there as for {@code
     *     @ProbeFunction}; {@code ""} for the main executable
     * @param glob a name or a glob as in {@code @ProbeFunction}; {@code "*"} for all. There is no limit
     * @return the functions as of now
     * @throws ProbeException if there is no such container or file, the file is not a binary, or nothing has that name;
     *     the message has the nearest names
     */
    public static Functions of(ContainerState container, String binary, String glob) {
        if (isMissing(container) || isMissing(binary) || isMissing(glob)) {
            throw new IllegalArgumentException(
                    "Functions.of needs a container, the name of a binary and a glob, not null (PU0824); \"\" is the main executable, and \"*\" means all functions.");
        }
        return ServiceLoader.load(FunctionsReader.class, FunctionsReader.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "ProbeUnit's jar is damaged (PU0815): META-INF/services names no %s. Was it repackaged without its services?"
                                .formatted(FunctionsReader.class.getName())))
                .read(container, binary, glob);
    }

    /** Callers may have no null checker. */
    private static boolean isMissing(@Nullable Object argument) {
        return argument == null;
    }

    /**
     * Finds one function.
     *
     * @param name as {@link Function#name()} has it
     * @return empty if no function has this name
     */
    public Optional<Function> find(String name) {
        return list.stream().filter(function -> function.name().equals(name)).findFirst();
    }

    /**
     * The functions that can be probed, ready to be pasted into a test.
     *
     * @return such as {@code @ExpectFunction(value = "reserve_stock", binary = "/usr/local/bin/shop")}, in the order of
     *     {@link #list()}
     */
    public List<String> annotations() {
        return list.stream()
                .filter(Function::canBeProbed)
                .map(function -> "@ExpectFunction(value = \"%s\", binary = \"%s\")"
                        .formatted(literal(function.name()), literal(binary)))
                .toList();
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /**
     * Where the functions are.
     *
     * @return {@code PATH of container NAME}
     */
    public String place() {
        return binary + " of container " + container;
    }

    /**
     * One function, with all code that the compiler made of it.
     *
     * @param name as annotations take it: for C++ and Rust the name in the source, with parameters
     * @param symbols the symbols that the name means, sorted; several if there are clones
     * @param refusal why it cannot be probed, as a part of a sentence; empty if it can
     * @param doubts why its firings may not be calls of the source, each as a part of a sentence; mostly empty. An
     *     expectation that depends on them is inconclusive
     */
    public record Function(String name, List<String> symbols, Optional<String> refusal, List<String> doubts)
            implements Comparable<Function> {

        /** Takes copies of the lists, and orders the symbols. */
        public Function {
            symbols = symbols.stream().sorted().toList();
            doubts = List.copyOf(doubts);
        }

        /**
         * Says whether an annotation may name it.
         *
         * @return false if there is a {@link #refusal()}
         */
        public boolean canBeProbed() {
            return refusal.isEmpty();
        }

        @Override
        public int compareTo(Function other) {
            return name.compareTo(other.name);
        }

        /**
         * The function for people.
         *
         * @return its name, and the reason why it cannot be probed
         */
        @Override
        public String toString() {
            return refusal.map(reason -> name + " cannot be probed: " + reason).orElse(name);
        }
    }
}
