package io.probeunit.conformance.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A random class of tests, all of whose windows are about one program in a container of its own.
 *
 * @param seed decides everything
 * @param program what it can do
 * @param path where it lies in the container
 * @param server the words that a process is asked before the first window, which then serves; none: there is no such process
 * @param windows one for each test
 */
record Plan(long seed, Program program, String path, List<String> server, List<Window> windows) {

    private static final String FOLDER = "/opt/t/soak/";

    /** The other builds lie here, so that changes can take either. */
    static final String KEPT = "/var/tmp/";

    private static final List<Kind> CHANGES = List.of(Kind.COPY_UP, Kind.MOVED, Kind.OVERWRITTEN, Kind.REMOVED);

    /**
     * Draws one.
     *
     * @param foresee what the program writes when it is given words, in a process that nobody watches
     */
    static Plan draw(long seed, int windows, Set<Kind> allowed, Function<String, Foresight> foresee) {
        Random random = new Random(seed);
        Set<Kind> kinds = kinds(allowed, random);
        Program program = Program.draw(kinds, random);
        String path = FOLDER + program.builds.get(random.nextInt(program.builds.size()));
        // some classes are calm; in the others one or two things are changed time and again
        List<Kind> changes = CHANGES.stream()
                .filter(kinds::contains)
                .filter(change -> random.nextInt(5) == 0)
                .toList();
        Draw draw = new Draw(random, program, path, kinds, changes);
        boolean serves = random.nextBoolean() || kinds.contains(Kind.TWINS);
        List<String> server = serves ? draw.words(2) : List.of();
        List<List<Action>> before =
                IntStream.range(0, windows).mapToObj(i -> draw.before(serves)).toList();
        List<List<Action>> during =
                IntStream.range(0, windows).mapToObj(i -> draw.during(serves)).toList();
        Foresight foresight = foresee.apply(path);
        List<Window> drawn = IntStream.range(0, windows)
                .mapToObj(i ->
                        new Window(before.get(i), during.get(i), draw.expected(foresight.lines(words(during.get(i))))))
                .toList();
        return new Plan(seed, program, path, server, drawn);
    }

    private static Set<Kind> kinds(Set<Kind> allowed, Random random) {
        Set<Kind> kinds = EnumSet.of(Kind.ORDINARY);
        allowed.stream().filter(kind -> random.nextBoolean()).forEach(kinds::add);
        return kinds;
    }

    /** Tells what a program writes. */
    interface Foresight {
        Lines lines(List<List<String>> processes);
    }

    private static List<List<String>> words(List<Action> actions) {
        return actions.stream()
                .flatMap(action -> action instanceof Action.Run run
                        ? Stream.of(run.words())
                        : action instanceof Action.Ask ask ? Stream.of(ask.words()) : Stream.empty())
                .toList();
    }

    /** What makes a window hard. */
    Set<Kind> kinds(int window) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Window all = windows.get(window);
        all.expected().forEach(e -> kinds.add(e.point().kind));
        // what is armed for one test of a class is armed for the others
        windows.stream()
                .flatMap(w -> w.expected().stream())
                .filter(e -> e.point().kind == Kind.EXCEPTION)
                .forEach(e -> kinds.add(Kind.EXCEPTION));
        Stream<Action> actions = windows.stream()
                .limit(window + 1L)
                .flatMap(w -> Stream.concat(w.before().stream(), w.during().stream()));
        actions.filter(Action.Change.class::isInstance).forEach(a -> kinds.add(((Action.Change) a).kind()));
        // what has served since before the window is as its earlier answers have left it
        Stream<Action> asked = windows.stream()
                .limit(window + 1L)
                .flatMap(w -> Stream.concat(w.before().stream(), w.during().stream()))
                .filter(Action.Ask.class::isInstance);
        Stream.of(words(all.during()), words(asked.toList()), List.of(server))
                .flatMap(List::stream)
                .flatMap(List::stream)
                .forEach(word -> program.verbs.stream()
                        .filter(v -> word.matches("(.*/)?" + v.name() + ":.*"))
                        .filter(v -> v.kind() == Kind.REMAP || v.kind() == Kind.DEEP && word.matches(".*:[6-9]\\d"))
                        .forEach(v -> kinds.add(v.kind())));
        return kinds;
    }

    /** A class of tests, as a person would write it. */
    String source(String name) {
        String tests = IntStream.range(0, windows.size())
                .mapToObj(i -> """

                            @Test
                        %s
                            public void w%02d() {
                                stage.during(%d);
                            }
                        """.formatted(
                                windows.get(i).expected().stream()
                                        .map(e -> "    " + e.annotation(path))
                                        .collect(Collectors.joining("\n")),
                                i,
                                i))
                .collect(Collectors.joining());
        return """
                import io.probeunit.annotations.*;
                import io.probeunit.conformance.kit.ProgramsContainer;
                import io.probeunit.conformance.soak.Stage;
                import org.junit.jupiter.api.*;

                @TestMethodOrder(MethodOrderer.MethodName.class)
                public class %s {
                    private final Stage stage = Stage.of(%dL);

                    @Probed(binary = "%s")
                    public static final ProgramsContainer container = Stage.of(%dL).container();

                    @BeforeEach
                    public void before(TestInfo test) {
                        stage.before(Integer.parseInt(test.getTestMethod().get().getName().substring(1)));
                    }
                %s}
                """.formatted(name, seed, path, seed, tests);
    }

    /** Draws the parts. */
    private record Draw(Random random, Program program, String path, Set<Kind> kinds, List<Kind> changes) {

        List<String> words(int most) {
            List<Program.Verb> verbs = program.verbs.stream()
                    .filter(verb -> kinds.contains(verb.kind()))
                    .toList();
            return IntStream.rangeClosed(1, random.nextInt(1, most + 1))
                    .mapToObj(i -> verbs.get(random.nextInt(verbs.size())).word(program, random))
                    .toList();
        }

        List<Action> before(boolean serves) {
            List<Action> actions = new ArrayList<>();
            if (random.nextInt(4) == 0) {
                actions.add(process(serves));
            }
            change(3).forEach(actions::add);
            return actions;
        }

        List<Action> during(boolean serves) {
            List<Action> actions = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                change(6).forEach(actions::add);
                actions.add(process(serves));
            }
            change(8).forEach(actions::add);
            return actions;
        }

        private Action process(boolean serves) {
            return serves && random.nextBoolean() ? new Action.Ask(words(5)) : new Action.Run(words(5));
        }

        private Stream<Action> change(int rarely) {
            if (changes.isEmpty() || random.nextInt(rarely) > 0) {
                return Stream.empty();
            }
            Kind kind = changes.get(random.nextInt(changes.size()));
            String other = KEPT + (random.nextBoolean() ? "first" : "second");
            String command = switch (kind) {
                case COPY_UP -> "chmod a+x %s".formatted(path);
                case MOVED -> "cp %s %snew && mv %snew %s".formatted(other, KEPT, KEPT, path);
                case OVERWRITTEN -> "cat %s > %s || true".formatted(other, path);
                default -> "rm %s && cp %s %s".formatted(path, other, path);
            };
            return Stream.of(new Action.Change(kind, command));
        }

        List<Expected> expected(Lines foreseen) {
            List<Point> points = Point.of(program)
                    .filter(point -> kinds.contains(point.kind))
                    .collect(Collectors.toCollection(ArrayList::new));
            // each at most once: two expectations of one point can contradict each other, which is refused
            Collections.shuffle(points, random);
            return points.stream()
                    .limit(random.nextInt(4) == 0 ? 3 : 1)
                    .map(point -> Expected.draw(point, foreseen, random))
                    .toList();
        }
    }
}
