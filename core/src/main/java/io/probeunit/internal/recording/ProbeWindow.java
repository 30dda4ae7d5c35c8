package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.plan.ExpectedOrder;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The window of one test over all sessions that it needs.
 *
 * <p>It is planned, then opened, then frozen, then judged; {@link #close()} ends it in any of these states. One thread
 * leads it through them; its {@link #recording()} may be asked by any thread at any time.
 */
public final class ProbeWindow implements AutoCloseable {

    private final ProbePlan plan;
    private final RecordingView recording;
    private Optional<OpenStage> open = Optional.empty();
    private Optional<FrozenStage> frozen = Optional.empty();
    private long frozenAt;

    /**
     * Plans a window.
     *
     * @param plan what the test asks for
     * @param targets the names of all targets of the test
     */
    public ProbeWindow(ProbePlan plan, List<String> targets) {
        this.plan = plan;
        this.recording = new RecordingView(new PlannedStage(plan, targets));
    }

    /**
     * The recording of this window, the same at any time.
     *
     * @return empty, live or frozen as the window is
     */
    public ProbedRecording recording() {
        return recording;
    }

    /**
     * Opens the window: all counts are 0 as of the return of this method.
     *
     * @param probes for each annotation of the plan, in its order, what it was resolved to
     * @throws ProbeException if a session is lost; the window can be opened again then
     * @throws io.probeunit.internal.plan.PlanException if annotations on one point contradict each other, or a name in an order
     *     stands for nothing, or for several points
     */
    public void open(List<RecordedProbe> probes) {
        if (open.isPresent() || frozen.isPresent()) {
            throw new IllegalStateException("a window opens once");
        }
        View view = new View(probes);
        plan.requests().forEach(view::pointsOf);
        plan.orders().forEach(order -> refuseUnclearNames(order, view));
        OpenStage opened = OpenStage.open(view, plan.expectations());
        open = Optional.of(opened);
        recording.change(stage -> opened);
    }

    /**
     * Draws the closing barriers: what fired before this call is in the recording, what fires later is not. Does nothing
     * the second time. Time allowed by {@code within} counts from here.
     *
     * @throws IllegalStateException if the window was never opened
     */
    public void freeze() {
        if (frozen.isPresent()) {
            return;
        }
        OpenStage closing = open.orElseThrow(() -> new IllegalStateException("the window was never opened"));
        frozenAt = System.nanoTime();
        // a test that leaves its thread interrupted must not make the closing barrier fail
        Interrupts.defer(() -> recording.change(stage -> {
            FrozenStage last = closing.freeze();
            frozen = Optional.of(last);
            return last;
        }));
        if (plan.expectations().stream().allMatch(e -> e.within().isEmpty())) {
            closing.end();
        }
    }

    /**
     * Freezes the window if that was not done, waits for expectations that allow for time, judges all of them, and ends
     * the window.
     *
     * <p>Orders are judged by what was there when the window was frozen.
     *
     * @return what became of each expectation and order
     * @throws IllegalStateException if the window was never opened, or is closed
     * @throws ProbeException if the thread is interrupted while it waits
     */
    public Judgement judge() {
        freeze();
        FrozenStage last = frozen.orElseThrow();
        List<Judge> all =
                plan.expectations().stream().map(e -> new Judge(e, last.view())).toList();
        List<Judge> prolonged =
                all.stream().filter(j -> j.expectation().within().isPresent()).toList();
        Optional<WithinWatch.Decided> later = watch(prolonged);
        Map<Judge, Outcome> outcomes =
                new HashMap<>(later.map(WithinWatch.Decided::outcomes).orElse(Map.of()));
        all.forEach(j -> outcomes.computeIfAbsent(j, judge -> judge.judge(last.known())));
        close();
        List<Outcome> ordered = new ArrayList<>();
        all.forEach(j -> Optional.ofNullable(outcomes.get(j)).ifPresent(ordered::add));
        List<OrderVerdict> orders = plan.orders().stream()
                .map(order -> new OrderVerdict(order, recording.order(order.names())))
                .toList();
        return new Judgement(ordered, orders, recording.summary(), later.map(decided -> after(last, decided.known())));
    }

    /** Ends the window without judging; the recording is frozen with what is known. Does nothing the second time. */
    @Override
    public void close() {
        if (open.isPresent()) {
            freeze();
        }
        open.ifPresent(OpenStage::end);
    }

    private Optional<WithinWatch.Decided> watch(List<Judge> prolonged) {
        return prolonged.isEmpty()
                ? Optional.empty()
                : Optional.of(new WithinWatch(open.orElseThrow(), prolonged, frozenAt).watch());
    }

    private static Summary after(FrozenStage window, WindowState later) {
        List<PointView> watched = window.view().points().stream()
                .filter(later.states()::containsKey)
                .toList();
        return Summary.of(window.engine(), watched, later.since(window.known()));
    }

    private static void refuseUnclearNames(ExpectedOrder order, View view) {
        Stage resolved = new OpenStage(view, Map.of(), 0);
        try {
            order.names().forEach(name -> OrderNames.select(resolved, name));
        } catch (ProbeException e) {
            throw new PlanException(order.declaration() + ": " + e.getMessage());
        }
    }
}
