package io.probeunit.internal.junit.lifecycle;

import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.bridge.ProbeLifecycle;
import io.probeunit.annotations.bridge.TargetFields;
import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.arming.TestProbes;
import io.probeunit.internal.arming.TestRequest;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.coverage.CoveragePoint;
import io.probeunit.internal.coverage.TestCoverage;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.TargetChoice;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.junit.declared.AfterEachMethods;
import io.probeunit.internal.junit.declared.AnnotationReader;
import io.probeunit.internal.junit.declared.ContributedTargets;
import io.probeunit.internal.junit.declared.CoverageExpectation;
import io.probeunit.internal.junit.declared.CoverageRequest;
import io.probeunit.internal.junit.declared.Declared;
import io.probeunit.internal.junit.declared.FieldTargets;
import io.probeunit.internal.junit.declared.TestPlace;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.report.VerdictWord;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sessions.FailedEngines;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The extension behind the bridge of the annotations: reads a test's annotations, arms probes, judges the recording.
 *
 * <p>Do not register it with JUnit; the annotations do this. It has no state: the state of a run, a class or a test is
 * in JUnit's stores.
 */
public final class ProbeUnitExtension implements ProbeLifecycle {

    /** Made by {@link java.util.ServiceLoader}. */
    public ProbeUnitExtension() {
        // nothing to prepare
    }

    @Override
    public void beforeContainersStart(ExtensionContext context) {
        Startups.prepare(context, TestRun.settings(context));
    }

    /**
     * What is expected of the class must mean something before its first test runs. Where Testcontainers' extension is
     * registered first, its containers have started by now.
     */
    @Override
    public void beforeAll(ExtensionContext context) {
        Startups.prepareLate(context, TestRun.settings(context));
        Startups.conclude(context);
        CoverageExpectation.of(context.getEnclosingTestClasses(), context.getRequiredTestClass());
    }

    /** Such a method may start containers. */
    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        Startups.conclude(context);
        invocation.proceed();
        Startups.conclude(context);
    }

    /** Judges what is expected of the coverage of the class, after its last test. */
    @Override
    public void afterAll(ExtensionContext context) {
        Startups.concludeLater(context);
        Class<?> testClass = context.getRequiredTestClass();
        List<CoverageExpectation> expectations = CoverageExpectation.of(context.getEnclosingTestClasses(), testClass);
        if (expectations.isEmpty()) {
            return;
        }
        List<CoverageLog.Entry> entries = ClassScope.of(context)
                .map(scope -> scope.coverage().of(testClass))
                .orElse(List.of());
        if (entries.isEmpty()) {
            throw new TestAbortedException(
                    "No test of %s ran with its coverage counted, so @ExpectCoverage is not judged."
                            .formatted(testClass.getName()));
        }
        List<TestPlace> tests = TestsOfClass.of(ClassScope.topLevel(context).getRequiredTestClass()).stream()
                .filter(test -> TestsOfClass.isIn(testClass, test))
                .toList();
        List<String> lines = new ArrayList<>();
        Optional<AssertionFailedError> failure = new CoverageCheck(
                        TestRun.of(context).registry().fired(understood(TestRun.settings(context)::snapshots)),
                        entries,
                        tests)
                .judge(expectations, lines);
        report(context, lines);
        failure.ifPresent(f -> {
            throw f;
        });
    }

    /** Never changes a result: problems here go to the log. */
    private static void report(ExtensionContext testClass, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            testClass.publishReportEntry("probeunit.coverage", String.join("\n", lines));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            TestRun.of(testClass).reportTrouble().tell("report entries", testClass.getUniqueId(), e);
        }
    }

    /**
     * Reads everything, so that what means nothing is an error before anything is started or armed. What the test's own
     * preparations do to a program happens without the returns that the test before wanted.
     */
    @Override
    public void beforeEach(ExtensionContext context) {
        Startups.conclude(context);
        refusing(() -> read(context));
    }

    private static void read(ExtensionContext context) {
        TestRun.of(context).closing().awaitReturns();
        TestPlace test = place(context);
        AnnotationReader.refuseMisplaced(test);
        Declared declared = Declared.of(ClassScope.topLevel(context), test);
        ProbePlan plan = declared.plan();
        SettingsReader configured = TestRun.settings(context);
        Settings settings = configured.read(declared.settings());
        // nothing is needed for a test that probes nothing
        Set<ProbeRequest> coverage =
                declared.coverage().stream().map(CoverageRequest::request).collect(Collectors.toSet());
        Optional<HostChoice<ProbingHosts>> hosts = Optional.of(plan)
                .filter(p -> !p.requests().isEmpty() || !coverage.isEmpty())
                .map(p -> TestRun.of(context).registry().probing(settings));
        List<String> names = targets(context, test).stream()
                .map(DeclaredTarget::name)
                .distinct()
                .toList();
        new TestState(plan, coverage, settings, hosts, new ProbeWindow(plan, names)).putInto(context);
        new MarksCheck(declared.marks(), configured.snapshots()).putInto(context);
        new SamplingCheck(declared.samples()).putInto(context);
    }

    /** The first of these methods begins the window {@code LIFECYCLE}: containers of each test run by now. */
    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        Startups.conclude(context);
        TestState.of(context).filter(TestState::isLifecycle).ifPresent(state -> openOnce(context, state));
        invocation.proceed();
        Startups.conclude(context);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        Startups.conclude(context);
        Startups.demand(context);
        refusing(() -> MarksCheck.of(context)
                .check(() -> choice(context), TestRun.of(context).registry(), context));
        openOnce(
                context,
                TestState.of(context)
                        .orElseThrow(() ->
                                new IllegalStateException("beforeEach did not come for " + context.getUniqueId())));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        TestState.of(context).filter(state -> !endsLater(context, state)).ifPresent(state -> conclude(context, state));
    }

    /**
     * The last of these methods ends the window {@code LIFECYCLE}: in {@code afterEach} a container may be gone, if its
     * extension was registered later than ours.
     */
    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable own) {
            try {
                endAfterTheLast(context);
            } catch (RuntimeException e) {
                own.addSuppressed(e);
            }
            throw own;
        }
        endAfterTheLast(context);
    }

    /** After the failures of all methods, so that ours is the last. */
    @Override
    public void afterEach(ExtensionContext context) {
        TestState.of(context)
                .filter(TestState::isLifecycle)
                .filter(state -> !state.isConcluded())
                .ifPresent(state -> conclude(context, state));
        Startups.concludeLater(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Recording.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Optional.of(context)
                .filter(c -> c.getTestMethod().isPresent())
                .flatMap(TestState::of)
                .map(state -> state.window().recording())
                .orElseThrow(() -> new ParameterResolutionException(
                        "A Recording belongs to one test, so %s cannot have one (PU0102). Take it as a parameter of a test method, or of a @BeforeEach or @AfterEach method."
                                .formatted(parameter.getDeclaringExecutable())));
    }

    private static void openOnce(ExtensionContext context, TestState state) {
        refusing(() -> Interrupts.defer(() -> armAndSample(context, state)));
    }

    /** Samples last, so that arming is no part of it. */
    private static void armAndSample(ExtensionContext context, TestState state) {
        armOnce(context, state);
        try {
            SamplingCheck.of(context)
                    .begin(
                            () -> choice(context),
                            () -> TestRun.of(context).registry().sampling(state.settings()));
        } catch (UnavailableException | ContainerOutOfReachException e) {
            throw unavailable(state.settings(), e);
        }
    }

    private static void armOnce(ExtensionContext context, TestState state) {
        if (state.hosts().isEmpty() || state.armed().isPresent()) {
            return;
        }
        RunScope run = TestRun.of(context);
        ClassScope scope = ClassScope.of(context, run, TestRun.settings(context));
        FailedEngines.ForTest failed = scope.failed().forTest();
        try {
            TargetChoice choice = choice(context);
            HostChoice.Taken<ArmedWindow> taken = TestProbes.arm(
                    state.hosts().get(),
                    failed,
                    probing -> new TestProbes(
                                    request(context, state, choice, probing, scope),
                                    scope.pool(),
                                    run.turns(),
                                    failed,
                                    run.progress())
                            .open(state.window()));
            taken.result().passedOverHosts(taken.passedOver());
            if (Stream.concat(state.plan().requests().stream(), state.coverage().stream())
                    .anyMatch(request -> request.point().container().isEmpty())) {
                taken.result().notes(choice.notes());
            }
            state.armed(taken.result());
        } catch (UnavailableException | ContainerOutOfReachException e) {
            throw unavailable(state.settings(), e);
        } finally {
            if (state.armed().isEmpty()) {
                scope.counts().add(TestCounts.NOT_ARMED);
            }
        }
    }

    private static boolean endsLater(ExtensionContext context, TestState state) {
        return state.isLifecycle() && AfterEachMethods.of(place(context)) > 0;
    }

    private static void endAfterTheLast(ExtensionContext context) {
        TestState.of(context)
                .filter(TestState::isLifecycle)
                .filter(state -> state.countAfterEachMethod() == AfterEachMethods.of(place(context)))
                .ifPresent(state -> end(context, state));
    }

    private static void end(ExtensionContext context, TestState state) {
        SamplingCheck.of(context).end(context);
        state.end(!Aborted.is(context.getExecutionException()));
    }

    /** Ends the window if that was not done, and fails the test if its expectations are not met. */
    private static void conclude(ExtensionContext context, TestState state) {
        end(context, state);
        state.concluded();
        count(context, state);
        verdict(state)
                .ifPresent(word ->
                        ClassScope.of(context).ifPresent(scope -> scope.counts().add(word)));
        List<AssertionFailedError> failures = Stream.of(
                        report(context, state),
                        SamplingCheck.of(context).failure(),
                        MarksCheck.of(context).failure())
                .flatMap(Optional::stream)
                .toList();
        // an @AfterEach method may have aborted the test since
        if (!failures.isEmpty() && !Aborted.is(context.getExecutionException())) {
            throw Failures.united(failures);
        }
    }

    private static Optional<String> verdict(TestState state) {
        return state.judgement().map(VerdictWord::of).or(() -> state.seen().map(seen -> TestCounts.COUNTED));
    }

    /** Keeps what the test has counted for its class, and for the run. */
    private static void count(ExtensionContext context, TestState state) {
        state.armed()
                .ifPresent(armed -> armed.coverage()
                        .ifPresent(window -> state.seen().ifPresent(seen -> {
                            RunScope run = TestRun.of(context);
                            TestPlace test = place(context);
                            TestCoverage coverage = new TestCoverage(
                                    new TestCoverage.Test(
                                            context.getUniqueId(),
                                            test.testClass().getName(),
                                            name(context, test)),
                                    System.currentTimeMillis(),
                                    context.getExecutionException()
                                            .map(e -> Aborted.is(Optional.of(e))
                                                    ? "was aborted"
                                                    : "failed, and may have ended early"),
                                    seen,
                                    armed.counted().builds(),
                                    united(armed.counted().leftOut().values()));
                            ClassScope.of(context, run, TestRun.settings(context))
                                    .coverage()
                                    .add(new CoverageLog.Entry(
                                            test,
                                            coverage,
                                            window.points(),
                                            armed.counted().leftOut()));
                            run.coverage().add(understood(TestRun.settings(context)::coverageFolder), coverage);
                        })));
    }

    private static Map<CoveragePoint, String> united(Collection<Map<CoveragePoint, String>> all) {
        Map<CoveragePoint, String> united = new LinkedHashMap<>();
        all.forEach(united::putAll);
        return united;
    }

    private static String name(ExtensionContext context, TestPlace test) {
        String method = test.method().getName();
        return context.getDisplayName().startsWith(method + "(")
                ? method + "()"
                : method + "() " + context.getDisplayName();
    }

    private static Optional<AssertionFailedError> report(ExtensionContext context, TestState state) {
        return state.armed()
                .flatMap(armed -> state.judgement()
                        .flatMap(judgement -> new Reporter(
                                        context,
                                        TestRun.of(context),
                                        ClassScope.of(context).map(ClassScope::timeline),
                                        judgement,
                                        armed,
                                        SamplingCheck.of(context).forReport(),
                                        state.settings())
                                .report()));
    }

    private static TestRequest request(
            ExtensionContext context, TestState state, TargetChoice choice, ProbingHosts probing, ClassScope scope) {
        Map<ProbeRequest, DeclaredTarget> meant = new LinkedHashMap<>();
        state.plan().requests().forEach(r -> meant.put(r, choice.of(r)));
        state.coverage().forEach(r -> meant.put(r, choice.of(r)));
        List<DeclaredTarget> contributed = ContributedTargets.in(context);
        return new TestRequest(
                place(context).name(),
                state.plan(),
                state.settings(),
                probing,
                state.coverage(),
                meant,
                target -> scope.requests().on(target, state.settings(), contributed));
    }

    private static TargetChoice choice(ExtensionContext context) {
        TestPlace test = place(context);
        return new TargetChoice(targets(context, test), TargetFields.passedOver(test.enclosing(), test.testClass()));
    }

    private static List<DeclaredTarget> targets(ExtensionContext context, TestPlace test) {
        List<DeclaredTarget> fields = FieldTargets.of(
                test.enclosing(),
                test.testClass(),
                type -> context.getTestInstances().flatMap(all -> all.findInstance(type)));
        return Stream.concat(fields.stream(), ContributedTargets.in(context).stream())
                .toList();
    }

    private static TestPlace place(ExtensionContext context) {
        return new TestPlace(
                context.getEnclosingTestClasses(), context.getRequiredTestClass(), context.getRequiredTestMethod());
    }

    private static void refusing(Runnable step) {
        understood(() -> {
            step.run();
            return true;
        });
    }

    /** What means nothing is a mistake of the test's configuration, as JUnit calls it. */
    private static <T> T understood(Supplier<T> step) {
        try {
            return step.get();
        } catch (PlanException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static RuntimeException unavailable(Settings settings, ProbeException reason) {
        return settings.unavailable() == ProbeSettings.Unavailable.SKIP
                ? new TestAbortedException(String.valueOf(reason.getMessage()), reason)
                : reason;
    }
}
