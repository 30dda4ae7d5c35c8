package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.junit.declared.Declared;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sessions.FailedEngines;
import io.probeunit.internal.sessions.SessionPool;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What the tests of a top-level class and its nested classes share.
 *
 * <p>Put into the class's store by its first test, so that it closes before a container that was started in
 * {@code beforeAll} stops.
 *
 * @param pool the sessions
 * @param requests what all tests ask for
 * @param failed the engines that could not arm a test
 * @param coverage what was counted
 * @param timeline what was seen
 * @param counts what became of the tests
 * @param line takes a line about the class at its end
 */
record ClassScope(
        SessionPool pool,
        ClassRequests requests,
        FailedEngines failed,
        CoverageLog coverage,
        TimelineFile timeline,
        TestCounts counts,
        Consumer<String> line)
        implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(ClassScope.class);

    /** Finds the scope of a test's top-level class, or makes it. */
    static ClassScope of(ExtensionContext test, RunScope run, SettingsReader settings) {
        ExtensionContext topLevel = topLevel(test);
        return topLevel.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        ClassScope.class,
                        key -> new ClassScope(
                                new SessionPool(run.closing(), run.progress()),
                                new ClassRequests(
                                        topLevel.getRequiredTestClass(),
                                        place -> Declared.of(topLevel, place),
                                        settings),
                                new FailedEngines(),
                                new CoverageLog(),
                                new TimelineFile(topLevel, run.reportTrouble()),
                                new TestCounts(),
                                text -> run.progress().say("%s: %s".formatted(name(topLevel), text))),
                        ClassScope.class);
    }

    /** That of a class, if one of its tests has made it. */
    static Optional<ClassScope> of(ExtensionContext testClass) {
        return Optional.ofNullable(topLevel(testClass).getStore(NAMESPACE).get(ClassScope.class, ClassScope.class));
    }

    @Override
    public void close() {
        if (!counts.isEmpty()) {
            line.accept(counts.text()
                    + pool.armings().text().map(armed -> "; " + armed).orElse(""));
        }
        try {
            pool.close();
        } finally {
            timeline.complete();
        }
    }

    private static String name(ExtensionContext topLevel) {
        return topLevel.getRequiredTestClass().getSimpleName();
    }

    /** The context of the top-level class of a test. */
    static ExtensionContext topLevel(ExtensionContext context) {
        return context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .map(ClassScope::topLevel)
                .orElse(context);
    }
}
