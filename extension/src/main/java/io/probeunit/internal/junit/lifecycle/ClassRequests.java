package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.TargetChoice;
import io.probeunit.internal.junit.declared.Declared;
import io.probeunit.internal.junit.declared.FieldTargets;
import io.probeunit.internal.junit.declared.TestPlace;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The requests of all tests of a top-level class and its nested classes, to arm them together.
 *
 * <p>A test with wrong annotations is left out here; it fails by itself when it runs. Thread-safe.
 */
final class ClassRequests {

    private record Asked(TestPlace test, List<ProbeRequest> requests, Settings settings) {}

    /**
     * What makes an answer.
     *
     * @param contributed names and origins of the targets that are no fields
     */
    private record Question(Object target, Settings settings, List<List<Object>> contributed) {}

    private final Map<Question, List<ProbeRequest>> answers = new ConcurrentHashMap<>();
    private final Class<?> topLevel;
    private final Function<TestPlace, Declared> declared;
    private final SettingsReader settingsReader;
    private Optional<List<Asked>> tests = Optional.empty();

    /**
     * Reads nothing yet.
     *
     * @param declared tells what the annotations of a test say
     */
    ClassRequests(Class<?> topLevel, Function<TestPlace, Declared> declared, SettingsReader settingsReader) {
        this.topLevel = topLevel;
        this.declared = declared;
        this.settingsReader = settingsReader;
    }

    /**
     * Lists what tests ask for on one target.
     *
     * @param target the target
     * @param settings only tests with the same engine and host count
     * @param contributed the targets that are no fields
     */
    Collection<ProbeRequest> on(DeclaredTarget target, Settings settings, List<DeclaredTarget> contributed) {
        List<List<Object>> names = contributed.stream()
                .map(other -> List.of(other.name(), other.origin()))
                .toList();
        return answers.computeIfAbsent(
                new Question(target.origin(), settings, names), question -> read(target, settings, contributed));
    }

    private List<ProbeRequest> read(DeclaredTarget target, Settings settings, List<DeclaredTarget> contributed) {
        return tests().stream()
                .filter(t -> t.settings().engine().equals(settings.engine())
                        && t.settings().host() == settings.host())
                .flatMap(t -> on(target, t, contributed))
                .distinct()
                .toList();
    }

    private static Stream<ProbeRequest> on(DeclaredTarget target, Asked test, List<DeclaredTarget> contributed) {
        try {
            TargetChoice choice = new TargetChoice(
                    Stream.concat(
                                    FieldTargets.of(
                                            test.test().enclosing(), test.test().testClass(), type -> Optional.empty())
                                            .stream(),
                                    contributed.stream())
                            .toList(),
                    List.of());
            return test.requests().stream().filter(r -> means(target, r, choice));
        } catch (ExtensionConfigurationException | PlanException saidByTheTestItself) {
            return Stream.of();
        }
    }

    private static boolean means(DeclaredTarget target, ProbeRequest request, TargetChoice choice) {
        try {
            return choice.of(request).origin().equals(target.origin());
        } catch (ExtensionConfigurationException | PlanException saidByTheTestItself) {
            return false;
        }
    }

    private synchronized List<Asked> tests() {
        List<Asked> known = tests.orElseGet(() -> TestsOfClass.of(topLevel).stream()
                .map(this::asked)
                .flatMap(Optional::stream)
                .toList());
        tests = Optional.of(known);
        return known;
    }

    private Optional<Asked> asked(TestPlace test) {
        try {
            Declared its = declared.apply(test);
            return Optional.of(new Asked(test, its.plan().requests(), settingsReader.read(its.settings())));
        } catch (ExtensionConfigurationException | PlanException saidByTheTestItself) {
            return Optional.empty();
        }
    }
}
