package io.probeunit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerState;

/**
 * The marks (USDT) of one binary in a container, which {@code @ExpectMarks} compares with a snapshot.
 *
 * <pre>{@code
 * assertThat(Marks.of(shop, "/usr/local/bin/shop")).hasMark("shop:order__placed");
 * }</pre>
 *
 * <p>This needs no probes, no privileges and no engine: the file is read through the machine's {@code /proc} if this
 * JVM may, else through the Docker daemon. Immutable and thread-safe.
 *
 * @param container the name of the container in messages
 * @param binary the file's path in the container
 * @param list the marks, each once, ordered by provider, then name; empty if the binary has none
 * @param warnings sentences about parts of the file that were not understood and left out; mostly empty
 */
public record Marks(String container, String binary, List<Mark> list, List<String> warnings) {

    /** Takes copies of the lists, and orders the marks. */
    public Marks {
        list = list.stream().sorted().toList();
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the marks of a container's main executable.
     *
     * @param container of Testcontainers, running
     * @return its marks as of now
     * @throws ProbeException if the container does not run, its main executable is not known, or is not a binary
     */
    public static Marks of(ContainerState container) {
        return of(container, "");
    }

    /**
     * Reads the marks of a binary.
     *
     * @param container of Testcontainers; may have ended if the binary is an absolute path
     * @param binary an absolute path in the container, or a file name that is looked up there as for {@code
     *     @ProbeMark}; {@code ""} for the main executable
     * @return its marks as of now
     * @throws ProbeException if there is no such container or file, or the file is not a binary
     */
    public static Marks of(ContainerState container, String binary) {
        if (isMissing(container) || isMissing(binary)) {
            throw new IllegalArgumentException(
                    "Marks.of needs a container and the name of a binary, not null (PU0813); for the main executable leave the name out.");
        }
        return ServiceLoader.load(MarksReader.class, MarksReader.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "ProbeUnit's jar is damaged (PU0815): META-INF/services names no %s. Was it repackaged without its services?"
                                .formatted(MarksReader.class.getName())))
                .read(container, binary);
    }

    /** Callers may have no null checker. */
    private static boolean isMissing(@Nullable Object argument) {
        return argument == null;
    }

    /**
     * Finds one mark.
     *
     * @param qualifiedName {@code provider:name} as in the note
     * @return empty if no mark has this name
     */
    public Optional<Mark> find(String qualifiedName) {
        return list.stream()
                .filter(mark -> mark.qualifiedName().equals(qualifiedName))
                .findFirst();
    }

    /**
     * The marks of one provider.
     *
     * @param provider the provider's name
     * @return only these; empty if there is no such provider
     */
    public Marks ofProvider(String provider) {
        return new Marks(
                container,
                binary,
                list.stream().filter(mark -> mark.provider().equals(provider)).toList(),
                warnings);
    }

    /**
     * The names of the providers.
     *
     * @return each once, sorted
     */
    public List<String> providers() {
        return list.stream().map(Mark::provider).distinct().toList();
    }

    /**
     * Where the marks are.
     *
     * @return {@code PATH of container NAME}
     */
    public String place() {
        return binary + " of container " + container;
    }

    /**
     * One mark, with all its sites taken together.
     *
     * @param provider as in the note
     * @param name as in the note ({@code query__start})
     * @param arguments the types of the arguments, such as {@code [s32, u64]}; sorted, and mostly one list. There are
     *     several if sites have different arguments. Types are {@code s8} to {@code s64}, {@code u8} to {@code u64},
     *     {@code f32} and {@code f64} for floating point, and {@code ?} if the note is from before 2010 and has no type
     * @param guarded whether it has a semaphore, so the program may skip it while no tool uses it
     */
    public record Mark(String provider, String name, List<List<String>> arguments, boolean guarded)
            implements Comparable<Mark> {

        private static final Comparator<Mark> ORDER =
                Comparator.comparing(Mark::provider).thenComparing(Mark::name).thenComparing(Mark::signature);

        /** Takes copies of the lists, without repetitions, and orders them. */
        public Mark {
            arguments = arguments.stream()
                    .map(List::copyOf)
                    .distinct()
                    .sorted(Comparator.comparing(List::toString))
                    .toList();
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("The mark " + provider + ":" + name + " has no site.");
            }
        }

        /**
         * The name that is unique in the file.
         *
         * @return {@code provider:name}
         */
        public String qualifiedName() {
            return provider + ":" + name;
        }

        /**
         * The arguments of the mark.
         *
         * @return {@code (s32, u64) guarded}; the arguments of sites that differ are joined by {@code or}
         */
        public String signature() {
            List<String> words = new ArrayList<>();
            words.add(arguments.stream()
                    .map(types -> "(" + String.join(", ", types) + ")")
                    .collect(Collectors.joining(" or ")));
            if (guarded) {
                words.add("guarded");
            }
            return String.join(" ", words);
        }

        @Override
        public int compareTo(Mark other) {
            return ORDER.compare(this, other);
        }

        /**
         * The mark as snapshots write it.
         *
         * @return {@code provider:name(s32, u64) guarded}
         */
        @Override
        public String toString() {
            return qualifiedName() + signature();
        }
    }
}
