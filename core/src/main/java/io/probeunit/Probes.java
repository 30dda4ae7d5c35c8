package io.probeunit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerState;

/**
 * Probes without annotations and without JUnit: for TestNG, Spock, Kotest, or a main method.
 *
 * <pre>{@code
 * Recording recording = Probes.on(shop)
 *         .binary("/usr/local/bin/shop")
 *         .function("reserve_stock")
 *         .mark("shop:order__placed", point -> point.capture("arg1", "arg2:string"))
 *         .record(() -> order(42));
 * assertThat(recording).function("reserve_stock").firedTimes(1);
 * }</pre>
 *
 * <p>Functions, marks, captures, conditions and binaries mean the same as in {@code @ProbeFunction} and {@code
 * @ProbeMark}. Each method returns new probes, and leaves these unchanged. Immutable and thread-safe.
 *
 * @param containers the containers that are probed; at least one, with different names
 * @param points what is probed in them
 * @param settings values of settings by their keys, such as {@code probeunit.engine}
 */
public record Probes(List<Target> containers, List<Point> points, Map<String, String> settings) {

    /** The name of the container that {@link #on(ContainerState)} takes. */
    public static final String CONTAINER = "container";

    /** Takes copies, and refuses two containers of one name. */
    public Probes {
        containers = List.copyOf(containers);
        points = List.copyOf(points);
        settings = Map.copyOf(settings);
        if (containers.stream().map(Target::name).distinct().count() < containers.size()) {
            throw new IllegalArgumentException(
                    "Two containers of Probes have one name (PU1502); the names are: %s. Give each its own, with on(\"…\", container) and and(\"…\", container)."
                            .formatted(String.join(
                                    ", ", containers.stream().map(Target::name).toList())));
        }
    }

    /**
     * Begins with one container, under the name {@value #CONTAINER}.
     *
     * @param container of Testcontainers; must run when the probes are opened
     * @return probes without any point
     */
    public static Probes on(ContainerState container) {
        return on(CONTAINER, container);
    }

    /**
     * Begins with one container.
     *
     * @param name what {@link Firing#container()}, {@link Firings#in(String)} and messages call it
     * @param container of Testcontainers; must run when the probes are opened
     * @return probes without any point
     */
    public static Probes on(String name, ContainerState container) {
        return new Probes(List.of(new Target(name, container, "")), List.of(), Map.of());
    }

    /**
     * Adds a container. Each point must then name its container, with {@link Point#container(String)}.
     *
     * @param name a name that no earlier container has
     * @param container of Testcontainers; must run when the probes are opened
     * @return probes on all of them
     */
    public Probes and(String name, ContainerState container) {
        return new Probes(added(containers, new Target(name, container, "")), points, settings);
    }

    /**
     * Sets the binary of all points that name none, in the container that was added last. By default, this is the
     * executable of the container's main process.
     *
     * @param binary an absolute path in the container, or a file name that is looked up there
     * @return probes with this binary
     */
    public Probes binary(String binary) {
        Target last = containers.get(containers.size() - 1);
        return new Probes(
                added(containers.subList(0, containers.size() - 1), new Target(last.name(), last.container(), binary)),
                points,
                settings);
    }

    /**
     * Adds the entry of a function.
     *
     * @param name a function's name or a glob
     * @return probes with this point
     */
    public Probes function(String name) {
        return function(name, UnaryOperator.identity());
    }

    /**
     * Adds the entry of a function, or its return.
     *
     * @param name a function's name or a glob
     * @param options says more about the point
     * @return probes with this point
     */
    public Probes function(String name, UnaryOperator<Point> options) {
        return with(new Point(Point.Kind.FUNCTION, name, "", "", List.of(), List.of()), options);
    }

    /**
     * Adds a mark.
     *
     * @param name {@code provider:name}, {@code name}, or a glob
     * @return probes with this point
     */
    public Probes mark(String name) {
        return mark(name, UnaryOperator.identity());
    }

    /**
     * Adds a mark.
     *
     * @param name {@code provider:name}, {@code name}, or a glob
     * @param options says more about the point
     * @return probes with this point
     */
    public Probes mark(String name, UnaryOperator<Point> options) {
        return with(new Point(Point.Kind.MARK, name, "", "", List.of(), List.of()), options);
    }

    /**
     * Sets a setting. By default, its value is that of the system property of that name.
     *
     * @param key one that concerns engines, hosts or details, such as {@code probeunit.engine} or {@code
     *     probeunit.host}
     * @param value as the system property has it
     * @return probes with this setting
     */
    public Probes setting(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(required(key, "key of a setting"), required(value, "value of setting " + key));
        return new Probes(containers, points, all);
    }

    /**
     * Arms the probes and opens their window. Each call arms its own probes: two open windows on one container both
     * count all firings in it.
     *
     * @return the open window, which must be closed
     * @throws ProbeException if there is no point; a name is not understood or not found; a container does not run; or
     *     no engine can arm the probes
     */
    public OpenProbes open() {
        return ServiceLoader.load(ProbesOpener.class, ProbesOpener.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "ProbeUnit's jar is damaged (PU0815): META-INF/services names no %s. Was it repackaged without its services?"
                                .formatted(ProbesOpener.class.getName())))
                .open(this);
    }

    /**
     * Opens the probes for an action, and closes them after it.
     *
     * @param action is run once, in this thread
     * @param <E> what the action may throw
     * @return what fired while the action ran; frozen
     * @throws E if the action throws it
     * @throws ProbeException as {@link #open()} does
     */
    public <E extends Exception> Recording record(Action<E> action) throws E {
        try (OpenProbes open = open()) {
            action.run();
            return open.recording();
        }
    }

    private Probes with(Point point, UnaryOperator<Point> options) {
        return new Probes(containers, added(points, options.apply(point)), settings);
    }

    private static <T> List<T> added(List<T> some, T one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
    }

    /** Callers may have no null checker. */
    private static <T> T required(@Nullable T argument, String what) {
        if (argument == null) {
            throw new IllegalArgumentException("Probes: the %s is null (PU1501).".formatted(what));
        }
        return argument;
    }

    /**
     * What is done while probes are open.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Action<E extends Exception> {

        /** Runs the action.
         *
         * @throws E whatever it throws
         */
        void run() throws E;
    }

    /**
     * A container that is probed.
     *
     * @param name not blank
     * @param container of Testcontainers
     * @param binary of points that name none; {@code ""} for the executable of the main process
     */
    public record Target(String name, ContainerState container, String binary) {

        /** Refuses what is missing. */
        public Target {
            required(container, "container");
            required(binary, "binary");
            if (required(name, "name of a container").isBlank()) {
                throw new IllegalArgumentException("A container of Probes has a blank name (PU1503); give it one.");
            }
        }
    }

    /**
     * A function or a mark, and what is recorded of it.
     *
     * @param kind which of them
     * @param name its name, or a glob
     * @param binary the file that it is in; {@code ""} for that of the container
     * @param container the name of the container; {@code ""} if there is only one
     * @param capture the values to record, such as {@code arg2:string}
     * @param counted conditions by which firings are counted too, such as {@code arg1 == 42}
     */
    public record Point(
            Kind kind, String name, String binary, String container, List<String> capture, List<String> counted) {

        /** What can be probed. */
        public enum Kind {
            /** The entry of a function. */
            FUNCTION,
            /** The return of a function. */
            RETURN,
            /** A mark. */
            MARK
        }

        /** Takes copies of the lists, and refuses what is missing. */
        public Point {
            required(kind, "kind of a point");
            required(name, "name of a point");
            required(binary, "binary of " + name);
            required(container, "container of " + name);
            capture = List.copyOf(capture);
            counted = List.copyOf(counted);
        }

        /**
         * Looks in another binary than that of the container.
         *
         * @param file an absolute path in the container, or a file name that is looked up there
         * @return the point there
         */
        public Point in(String file) {
            return new Point(kind, name, file, container, capture, counted);
        }

        /**
         * Names the container.
         *
         * @param target its name, as in {@link Probes#on(String, ContainerState)}
         * @return the point there
         */
        public Point container(String target) {
            return new Point(kind, name, binary, target, capture, counted);
        }

        /**
         * Records values.
         *
         * @param values such as {@code arg1}, {@code arg2:string}, {@code return:s32} or {@code stack}
         * @return the point with these values and those before
         */
        public Point capture(String... values) {
            return new Point(kind, name, binary, container, all(capture, values), counted);
        }

        /**
         * Makes the engine count the firings that satisfy conditions, beside all firings. Then {@link
         * Firings#where(String)} with these conditions is exact for any number of firings: conditions on integers need
         * no details.
         *
         * @param conditions such as {@code arg1 == 42}, which must all hold; a value that is not captured is captured
         *     for them
         * @return the point with these conditions and those before
         */
        public Point countWhere(String... conditions) {
            return new Point(kind, name, binary, container, capture, all(counted, conditions));
        }

        /**
         * Probes the return of a function, not its entry.
         *
         * @return the point there; a mark is refused when the probes are opened
         */
        public Point onReturn() {
            return new Point(kind == Kind.MARK ? kind : Kind.RETURN, name, binary, container, capture, counted);
        }

        private static List<String> all(List<String> before, String... more) {
            List<String> all = new ArrayList<>(before);
            all.addAll(List.of(more));
            return all;
        }

        /**
         * The point as it was asked for.
         *
         * @return such as {@code function("reserve_stock")}
         */
        @Override
        public String toString() {
            return "%s(\"%s\"%s)"
                    .formatted(kind == Kind.MARK ? "mark" : "function", name, kind == Kind.RETURN ? ", onReturn" : "");
        }
    }
}
