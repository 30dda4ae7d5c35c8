package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.internal.engine.CallStack;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.watch.WatchedPoint;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A point of a session as one test sees it, with the values that the annotations of this test capture. */
final class PointView {

    /** Stands for memory that could not be read. */
    static final String UNREADABLE = "<unreadable>";

    /** Ends a text that was cut. */
    static final String CUT = "\u2026";

    private final SessionRecorder recorder;
    private final int index;
    private final List<ProbeRequest> requests;
    private final Map<String, Capture> captures;

    PointView(SessionRecorder recorder, int index, List<ProbeRequest> requests) {
        this.recorder = recorder;
        this.index = index;
        this.requests = List.copyOf(requests);
        CaptureTypes.check(this.requests);
        this.captures = CaptureTypes.united(this.requests);
        captures.remove(CaptureSource.Stack.NAME);
        captures.values().forEach(this::slot);
    }

    SessionRecorder recorder() {
        return recorder;
    }

    int index() {
        return index;
    }

    ProbePoint point() {
        return recorder.points().get(index);
    }

    String name() {
        return point().name();
    }

    String container() {
        return recorder.target();
    }

    /** What a watch of the target is to know. */
    WatchedPoint watched() {
        Optional<String> name = Optional.empty();
        Set<String> paths = new LinkedHashSet<>();
        for (ProbeRequest request : requests) {
            BinarySelector meant = recorder.meant(request.point().binary());
            if (meant instanceof BinarySelector.FileName byName) {
                name = name.or(() -> Optional.of(byName.name()));
            } else if (meant instanceof BinarySelector.AbsolutePath given) {
                paths.add(given.path());
            }
        }
        return new WatchedPoint(index, point(), name, List.copyOf(paths));
    }

    /** The annotations that were resolved to this point, in their order. */
    List<ProbeRequest> requests() {
        return requests;
    }

    /** The values shown, by key. */
    Map<String, Capture> captures() {
        return captures;
    }

    Value value(Capture capture, RawFiring line) {
        return line.values().get(slot(capture));
    }

    /** Says whether the highest bit of a number is a sign. */
    boolean isSigned(Capture capture) {
        return point().isSigned(capture);
    }

    /** Says whether it is known how many bits of a value count, though no annotation says so. */
    boolean isDeclared(Capture capture) {
        return !(point() instanceof ProbePoint.Function function)
                || function.operand(capture.source()).isPresent();
    }

    Firing firing(RawFiring line, long zero) {
        Map<String, Object> values = new LinkedHashMap<>();
        captures.forEach((key, capture) -> values.put(key, shown(capture, value(capture, line))));
        CallStack stack = line.callers().stack();
        return new Firing(
                name(),
                container(),
                Math.max(0, line.nanos() - zero),
                line.pid(),
                line.tid(),
                line.command(),
                values,
                stack.frames(),
                stack.cut());
    }

    static long number(Capture capture, Value.Number number) {
        return capture.type().map(t -> t.narrow(number.bits())).orElse(number.bits());
    }

    private static Object shown(Capture capture, Value value) {
        if (value instanceof Value.Number number) {
            return number(capture, number);
        }
        if (value instanceof Value.Text text) {
            return text.cut() ? text.text() + CUT : text.text();
        }
        return UNREADABLE;
    }

    private int slot(Capture capture) {
        int slot = point().slots().indexOf(slotOf(capture));
        if (slot < 0) {
            throw new IllegalStateException("%s of %s is not recorded".formatted(capture, name()));
        }
        return slot;
    }

    private static Slot slotOf(Capture capture) {
        return new Slot(capture.source(), capture.isString());
    }
}
