package io.probeunit.internal.junit.lifecycle;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.bridge.TargetFields;
import io.probeunit.internal.arming.ArmedStart;
import io.probeunit.internal.arming.StartProbes;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.TargetChoice;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.junit.declared.ContributedTargets;
import io.probeunit.internal.junit.declared.FieldTargets;
import io.probeunit.internal.junit.declared.StartupExpectations;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The starts that a class with {@code window = STARTUP} watches: those of containers in static fields are kept in the store of
 * the class, those in instance fields in the store of each test. Thread-safe.
 */
final class Startups implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(Startups.class);

    private final Class<?> testClass;
    private final Settings settings;
    private final Map<DeclaredTarget, StartProbes> probes;
    private final List<WatchedStart> watched = new ArrayList<>();
    private Optional<RuntimeException> trouble = Optional.empty();
    private Optional<AssertionFailedError> failure = Optional.empty();

    private record Key(Class<?> testClass, boolean ofTest) {}

    private Startups(Class<?> testClass, Settings settings, Map<DeclaredTarget, StartProbes> probes) {
        this.testClass = testClass;
        this.settings = settings;
        this.probes = probes;
    }

    /** What was wrong with the annotations of a class; told when a call may fail. */
    private record Wrong(RuntimeException reason) {}

    /** Watches containers that are known now, before any extension can start them. Throws nothing. */
    static void prepare(ExtensionContext context, SettingsReader configured) {
        if (context.getTestMethod().isPresent()) {
            Startups.ofClasses(context).forEach(startups -> startups.prepareTest(context));
            return;
        }
        Class<?> testClass = context.getRequiredTestClass();
        try {
            StartupExpectations.of(context.getEnclosingTestClasses(), testClass)
                    .map(expected -> read(context, expected, configured))
                    .ifPresent(startups -> {
                        startups.put(context, false);
                        startups.watch(DeclaredTarget::shared);
                    });
        } catch (RuntimeException e) {
            context.getStore(NAMESPACE).put(Wrong.class, new Wrong(e));
        }
    }

    /** For a run in which conditions are deactivated. */
    static void prepareLate(ExtensionContext context, SettingsReader configured) {
        if (find(context, context.getRequiredTestClass(), false).isEmpty()) {
            prepare(context, configured);
        }
    }

    /**
     * Judges the starts that have ended since the last call.
     *
     * @throws AssertionFailedError if expectations are not met; at each call from then on, until a test has begun
     * @throws RuntimeException if they could not be judged
     */
    static void conclude(ExtensionContext context) {
        Stream.ofNullable(context.getStore(NAMESPACE).get(Wrong.class, Wrong.class))
                .forEach(wrong -> {
                    throw wrong.reason() instanceof PlanException
                            ? new ExtensionConfigurationException(
                                    String.valueOf(wrong.reason().getMessage()), wrong.reason())
                            : wrong.reason();
                });
        all(context).forEach(startups -> startups.judge(context, true));
    }

    /** Judges the starts in and after a test, which are of no other test. */
    static void concludeLater(ExtensionContext context) {
        all(context).forEach(startups -> startups.judge(context, false));
    }

    /**
     * Demands that all containers were started by now.
     *
     * @throws ProbeException if nothing was watched
     */
    static void demand(ExtensionContext context) {
        all(context).forEach(Startups::demandStarts);
    }

    private static List<Startups> all(ExtensionContext context) {
        return types(context).stream()
                .flatMap(type -> Stream.concat(find(context, type, false).stream(), find(context, type, true).stream()))
                .toList();
    }

    private static List<Startups> ofClasses(ExtensionContext context) {
        return types(context).stream()
                .flatMap(type -> find(context, type, false).stream())
                .toList();
    }

    private static List<Class<?>> types(ExtensionContext context) {
        return Stream.concat(context.getEnclosingTestClasses().stream(), context.getTestClass().stream())
                .toList();
    }

    private static Optional<Startups> find(ExtensionContext context, Class<?> type, boolean ofTest) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(new Key(type, ofTest), Startups.class));
    }

    private void put(ExtensionContext context, boolean ofTest) {
        context.getStore(NAMESPACE).put(new Key(testClass, ofTest), this);
    }

    private static Startups read(ExtensionContext context, StartupExpectations expected, SettingsReader configured) {
        Class<?> testClass = context.getRequiredTestClass();
        List<Class<?>> enclosing = context.getEnclosingTestClasses();
        RunScope run = TestRun.of(context);
        Settings settings = configured.read(expected.settings());
        List<DeclaredTarget> fields = FieldTargets.of(
                enclosing, testClass, type -> context.getTestInstances().flatMap(all -> all.findInstance(type)));
        TargetChoice choice = new TargetChoice(
                Stream.concat(fields.stream(), ContributedTargets.in(context).stream())
                        .toList(),
                TargetFields.passedOver(enclosing, testClass));
        Map<DeclaredTarget, List<ProbeRequest>> meant = expected.plan().requests().stream()
                .collect(Collectors.groupingBy(choice::of, LinkedHashMap::new, Collectors.toList()));
        refuse(expected.plan(), meant, fields);
        Map<DeclaredTarget, StartProbes> probes = new LinkedHashMap<>();
        meant.forEach((target, requests) -> probes.put(
                target,
                new StartProbes(
                        target.name(),
                        target.binary(),
                        part(expected.plan(), requests),
                        settings,
                        run.registry().probing(settings),
                        run.closing())));
        return new Startups(testClass, settings, probes);
    }

    private static void refuse(
            ProbePlan plan, Map<DeclaredTarget, List<ProbeRequest>> meant, List<DeclaredTarget> fields) {
        if (meant.size() > 1 && !plan.orders().isEmpty()) {
            throw new PlanException(
                    "%s: with window = STARTUP, the starts of several containers have a window each, and an order across them is not known (PU1721). Expect it in a class that probes one container."
                            .formatted(plan.orders().get(0).declaration()));
        }
        meant.forEach((target, requests) -> {
            if (!fields.contains(target)) {
                throw new PlanException(
                        "%s: target %s is not in a field of the test class, so its start cannot be watched (PU1722). Declare the container in a field, or use another window."
                                .formatted(requests.get(0).declaration(), target.name()));
            }
        });
    }

    private static ProbePlan part(ProbePlan plan, List<ProbeRequest> requests) {
        return new ProbePlan(
                plan.probes().stream().filter(requests::contains).toList(),
                plan.expectations().stream()
                        .filter(expectation -> requests.contains(expectation.probe()))
                        .toList(),
                plan.orders());
    }

    private void prepareTest(ExtensionContext context) {
        if (probes.keySet().stream().allMatch(DeclaredTarget::shared)) {
            return;
        }
        List<DeclaredTarget> now = FieldTargets.of(
                context.getEnclosingTestClasses(),
                context.getRequiredTestClass(),
                type -> context.getTestInstances().flatMap(all -> all.findInstance(type)));
        Map<DeclaredTarget, StartProbes> ofTest = new LinkedHashMap<>();
        probes.forEach((target, its) -> now.stream()
                .filter(other -> !other.shared() && other.origin().equals(target.origin()))
                .forEach(other -> ofTest.put(other, its)));
        Startups startups = new Startups(testClass, settings, ofTest);
        startups.put(context, true);
        startups.watch(target -> true);
    }

    private synchronized void watch(Predicate<DeclaredTarget> which) {
        try {
            probes.forEach((target, its) -> {
                if (which.test(target)) {
                    watched.add(new WatchedStart(its, container(target)));
                }
            });
        } catch (RuntimeException e) {
            trouble = Optional.of(e);
        }
    }

    private static Object container(DeclaredTarget target) {
        return target.value()
                .get()
                .orElseThrow(() -> new ProbeException(
                        "Target %s: the %s is null when the start of its containers begins to be watched (PU1723). With window = STARTUP, create the container where the field is declared; let @Container or a @BeforeAll method start it."
                                .formatted(target.name(), target.place())));
    }

    private synchronized void judge(ExtensionContext context, boolean again) {
        trouble.ifPresent(this::fail);
        if (again) {
            failure.ifPresent(known -> {
                throw known;
            });
        }
        List<AssertionFailedError> failures = new ArrayList<>();
        for (WatchedStart start : watched) {
            List<ArmedStart> ended = List.of();
            try {
                ended = start.ended();
            } catch (RuntimeException e) {
                trouble = Optional.of(e);
                fail(e);
            }
            for (ArmedStart armed : ended) {
                Interrupts.defer(
                        () -> new StartReport(context, TestRun.of(context).reportTrouble(), start.target(), armed)
                                .judge(settings.printsReport())
                                .ifPresent(failures::add));
            }
        }
        if (!failures.isEmpty()) {
            AssertionFailedError all = Failures.united(failures);
            failure = failure.or(() -> Optional.of(all).filter(f -> again));
            throw all;
        }
    }

    private void fail(RuntimeException reason) {
        boolean unavailable = reason instanceof UnavailableException || reason instanceof ContainerOutOfReachException;
        throw unavailable && settings.unavailable() == ProbeSettings.Unavailable.SKIP
                ? new TestAbortedException(String.valueOf(reason.getMessage()), reason)
                : reason;
    }

    private synchronized void demandStarts() {
        watched.stream().filter(start -> !start.hasStarted()).findFirst().ifPresent(start -> {
            throw new ProbeException(
                    "The container of target %s was not started before the test, so nothing is known of its start (PU1724). With window = STARTUP, let @Container (with @Testcontainers), a @BeforeAll or a @BeforeEach method start it; one that is reused (withReuse) runs already."
                            .formatted(start.target()));
        });
    }

    @Override
    public synchronized void close() {
        watched.forEach(WatchedStart::close);
    }
}
