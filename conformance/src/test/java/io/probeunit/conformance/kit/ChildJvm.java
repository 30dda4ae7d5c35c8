package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own that runs one subject class: for what depends on the user, the environment, the class path or the end
 * of the whole process.
 *
 * <p>The subject must be able to stand alone: a class with a field of type {@link AttachedTruth} finds the container that
 * was given with {@link #watching}. The parent owns that container, so nothing stays when the child is killed.
 */
public final class ChildJvm {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Class<?> subject;
    private final List<String> prefix = new ArrayList<>();
    private final Map<String, String> properties = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private List<Path> classPath = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();

    private ChildJvm(Class<?> subject) {
        this.subject = subject;
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("probeunit.") || name.startsWith("build."))
                .forEach(name -> properties.put(name, System.getProperty(name)));
    }

    /** A JVM with this one's class path, and the settings of ProbeUnit and of this build. */
    public static ChildJvm of(Class<?> subject) {
        return new ChildJvm(subject);
    }

    /** Lets the subject find a container. */
    public ChildJvm watching(String containerId) {
        return property(AttachedTruth.CONTAINER, containerId);
    }

    /** Sets a system property. */
    public ChildJvm property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** Takes away a system property of ProbeUnit. */
    public ChildJvm withoutProperty(String name) {
        properties.remove(name);
        return this;
    }

    /** Sets an environment variable. */
    public ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Puts a command in front of the JVM's, which must end by executing its arguments. */
    public ChildJvm under(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    /** Starts it by another command than the JVM that runs this. */
    public ChildJvm java(String command) {
        java = command;
        return this;
    }

    /** Leaves entries out of the class path; there must be such. */
    public ChildJvm withoutClassPath(Predicate<Path> entries) {
        assertThat(classPath).as("Entries to leave out of the class path").anyMatch(entries);
        classPath = classPath.stream().filter(entries.negate()).toList();
        return this;
    }

    /** Copies the class path into a folder, for users who cannot read where it is. */
    public ChildJvm withClassPathIn(Path folder) {
        List<Path> copies = new ArrayList<>();
        for (Path entry : classPath) {
            if (Files.exists(entry)) {
                copies.add(copy(entry, folder.resolve(copies.size() + "-" + entry.getFileName())));
            }
        }
        classPath = copies;
        return this;
    }

    /** Runs the subject to its end. */
    public Outcomes run() {
        try (Running running = start()) {
            return running.outcomes();
        }
    }

    /** Starts the JVM. */
    public Running start() {
        List<String> command = new ArrayList<>(prefix);
        command.add(java);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(SubjectMain.class.getName());
        command.add(subject.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new Running(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()).normalize());
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM while it runs. Closing it kills it. */
    public static final class Running implements AutoCloseable {

        private final Process process;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread reader;

        Running(Process process) {
            this.process = process;
            reader = new Thread(this::read, "output of child " + process.pid());
            reader.setDaemon(true);
            reader.start();
        }

        /** The JVM's PID. */
        public long pid() {
            return process.pid();
        }

        /** The JVM's process. */
        public ProcessHandle handle() {
            return process.toHandle();
        }

        /** Waits until the subject has printed a line. */
        public void awaitLine(String line) {
            await(line).atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
                if (!process.isAlive() && !lines.contains(line)) {
                    throw new IllegalStateException("The JVM has ended without '%s':%n%s".formatted(line, output()));
                }
                return lines.contains(line);
            });
        }

        /** Writes a line to the standard input of the subject. */
        public void tell(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(output(), e);
            }
        }

        /** Kills the JVM as {@code kill -9} does, and waits for its end. */
        public void kill() {
            process.destroyForcibly();
            awaitEnd();
        }

        /** Waits for the end; how each test ended. */
        public Outcomes outcomes() {
            awaitEnd();
            List<Outcomes.Outcome> outcomes = lines.stream()
                    .filter(line -> line.startsWith(SubjectMain.PREFIX))
                    .map(SubjectMain::parse)
                    .toList();
            assertThat(outcomes)
                    .as("Outcomes printed by the JVM:%n%s", output())
                    .isNotEmpty();
            return new Outcomes(outcomes);
        }

        /** Everything printed until now. */
        public String output() {
            return String.join("\n", lines);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        private void awaitEnd() {
            try {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("The JVM did not end within %s:%n%s".formatted(LIMIT, output()));
                }
                // a tool that outlives the JVM may hold its output open
                reader.join(1_000);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void read() {
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(output ends: %s)".formatted(e.getMessage()));
            }
        }
    }
}
