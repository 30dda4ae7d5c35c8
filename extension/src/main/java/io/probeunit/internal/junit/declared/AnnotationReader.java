package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.internal.configuration.Durations;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureList;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ExpectedOrder;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.Latency;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Makes a plan of the annotations of a test, or says which annotation is wrong, its place, and the reason. */
public final class AnnotationReader {

    private final List<ProbeRequest> probes = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final List<ExpectedOrder> orders = new ArrayList<>();

    private AnnotationReader() {}

    /**
     * Reads all annotations of a test.
     *
     * @throws ExtensionConfigurationException if one of them cannot be understood, or two of them contradict each other
     */
    static ProbePlan read(TestPlace test) {
        return read(AnnotationScan.declared(test));
    }

    /**
     * Makes a plan of annotations.
     *
     * @throws ExtensionConfigurationException if one of them cannot be understood, or two of them contradict each other
     */
    static ProbePlan read(List<Found> annotations) {
        AnnotationReader reader = new AnnotationReader();
        annotations.forEach(reader::read);
        ProbePlan plan = new ProbePlan(reader.probes, reader.expectations, reader.orders);
        Contradictions.refuse(plan);
        return OrderedNames.probed(plan);
    }

    /**
     * Refuses annotations on methods that are no tests.
     *
     * @throws ExtensionConfigurationException if there is one in the class of a test, or around it
     */
    public static void refuseMisplaced(TestPlace test) {
        List<Found> misplaced = AnnotationScan.misplaced(test);
        if (!misplaced.isEmpty()) {
            throw new ExtensionConfigurationException(misplaced.stream()
                    .map(found ->
                            "%s: this method is not a test, so the annotation would be ignored (PU0201). Put it on a test method, or on the class if it is for all its tests."
                                    .formatted(found.declaration()))
                    .collect(Collectors.joining("\n")));
        }
    }

    private void read(Found found) {
        try {
            add(found);
        } catch (PlanException e) {
            throw new ExtensionConfigurationException(found.declaration() + ": " + e.getMessage(), e);
        }
    }

    /** Settings, targets and what is expected of a file are read elsewhere. */
    private void add(Found found) {
        String declaration = found.declaration();
        if (found.annotation() instanceof ProbeFunction a) {
            PointSpec point = function(a.value(), a.onReturn(), a.binary(), a.container());
            probes.add(new ProbeRequest(point, captures(a.capture()), declaration));
        } else if (found.annotation() instanceof ProbeMark a) {
            PointSpec point = mark(a.value(), a.binary(), a.container());
            probes.add(new ProbeRequest(point, captures(a.capture()), declaration));
        } else if (found.annotation() instanceof ExpectFunction a) {
            CountBounds bounds = CountBounds.of(a.times(), a.atLeast(), a.atMost());
            Optional<Latency> took =
                    Optional.of(a.took()).filter(t -> !t.isEmpty()).map(t -> Latency.parse(t, bounds));
            // a call has a duration when it returns
            PointSpec point = function(a.value(), a.onReturn() || took.isPresent(), a.binary(), a.container());
            expectations.add(expectation(point, bounds, a.capture(), a.where(), took, a.within(), declaration));
        } else if (found.annotation() instanceof ExpectMark a) {
            PointSpec point = mark(a.value(), a.binary(), a.container());
            CountBounds bounds = CountBounds.of(a.times(), a.atLeast(), a.atMost());
            expectations.add(
                    expectation(point, bounds, a.capture(), a.where(), Optional.empty(), a.within(), declaration));
        } else if (found.annotation() instanceof ExpectOrder a) {
            orders.add(new ExpectedOrder(List.of(a.value()), declaration));
        }
    }

    private static PointSpec function(String name, boolean onReturn, String binary, String container) {
        return new FunctionSpec(new NamePattern(name), onReturn, BinarySelector.parse(binary), container(container));
    }

    private static PointSpec mark(String name, String binary, String container) {
        return MarkSpec.parse(name, BinarySelector.parse(binary), container(container));
    }

    private static Optional<String> container(String name) {
        return Optional.of(name).filter(n -> !n.isEmpty());
    }

    private static Expectation expectation(
            PointSpec point,
            CountBounds bounds,
            String[] capture,
            String[] where,
            Optional<Latency> took,
            String within,
            String declaration) {
        CaptureList captures = new CaptureList(List.of(capture));
        Filter filter = new Filter(captures.where(List.of(where)));
        took.ifPresent(limit -> captures.add(limit.limit()));
        return new Expectation(
                new ProbeRequest(point, captures.all(), filter, took, declaration), bounds, Durations.within(within));
    }

    private static List<Capture> captures(String[] texts) {
        return new CaptureList(List.of(texts)).all();
    }
}
