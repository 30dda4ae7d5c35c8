package io.probeunit.internal.engine.stap;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the values of one point are read: an expression for each slot, by site where the sites of a mark keep their
 * arguments in different places.
 *
 * @param point the point
 * @param sites one, or one for each way in which the sites of a mark keep their arguments
 */
record PointReading(ProbePoint point, List<Site> sites) {

    /** More make the handler's stack too large for BPF, and so does anything beside so many. */
    static final int MOST_STRINGS = 2;

    /** What remains of printf's 32 arguments beside our own. */
    static final int MOST_SLOTS = 24;

    /** Integers in memory beside a string: each needs its own place on the stack. */
    static final int MOST_IN_MEMORY = 8;

    /**
     * How the values are read at sites that have them in the same places.
     *
     * @param offsets of these sites in the file, in bytes
     * @param values for each slot
     */
    record Site(List<Long> offsets, List<Reading> values) {}

    static PointReading of(ProbePoint point) {
        if (point instanceof ProbePoint.UsdtMark mark && !point.slots().isEmpty()) {
            Map<List<Reading>, List<Long>> offsets = new LinkedHashMap<>();
            mark.mark()
                    .sites()
                    .forEach(site -> offsets.computeIfAbsent(readings(site, point.slots()), r -> new ArrayList<>())
                            .add(site.fileOffset()));
            return new PointReading(
                    point,
                    offsets.entrySet().stream()
                            .map(e -> new Site(e.getValue(), e.getKey()))
                            .toList());
        }
        return new PointReading(
                point,
                List.of(new Site(
                        PlaceNames.offsets(point).boxed().toList(),
                        point.slots().stream()
                                .map(slot -> register(point, slot.source()))
                                .toList())));
    }

    /** Why the point's values cannot be read; empty if they can. */
    static Optional<String> refusal(ProbePoint point) {
        List<Slot> slots = point.slots();
        Optional<String> stack = Slot.refusalOfStack(slots);
        if (stack.isPresent()) {
            return stack;
        }
        Optional<String> variable = slots.stream()
                .map(Slot::source)
                .filter(CaptureSource.Variable.class::isInstance)
                .findFirst()
                .map(s -> "SystemTap's BPF runtime cannot read %s: it reads no variables by name; capture argN instead"
                        .formatted(s.key()));
        if (variable.isPresent()) {
            return variable;
        }
        if (slots.stream().map(Slot::source).anyMatch(CaptureSource.Took.class::isInstance)) {
            return Optional.of("it does not time calls (PU1079), which took needs; the built-in engine (uprobe) does");
        }
        long strings = slots.stream().filter(Slot::text).count();
        if (strings > MOST_STRINGS) {
            return Optional.of(
                    "%d strings are captured at it (PU1067); SystemTap's BPF runtime reads at most %d at one point (the stack of a BPF program is 512 bytes)"
                            .formatted(strings, MOST_STRINGS));
        }
        if (strings == MOST_STRINGS && slots.size() > strings) {
            return Optional.of(
                    "%d strings and %d other values are captured at it (PU1069); where SystemTap's BPF runtime reads %d strings, it has no room for more (the stack of a BPF program is 512 bytes)"
                            .formatted(strings, slots.size() - strings, MOST_STRINGS));
        }
        if (slots.size() > MOST_SLOTS) {
            return Optional.of("%d values are captured at it (PU1073); SystemTap's printf takes %d"
                    .formatted(slots.size(), MOST_SLOTS));
        }
        return point instanceof ProbePoint.UsdtMark mark
                ? markRefusal(mark)
                : functionRefusal((ProbePoint.Function) point);
    }

    /** The address that it is at is computed from a register, for which handlers of functions have no room yet. */
    private static Optional<String> functionRefusal(ProbePoint.Function function) {
        return function.slots().stream()
                .filter(slot -> function.operand(slot.source())
                        .filter(operand -> operand.location() instanceof OperandLocation.Memory)
                        .isPresent())
                .findFirst()
                .map(slot ->
                        "SystemTap's BPF runtime reads arguments of functions in registers alone, and %s is in memory (PU1611); the built-in engine (uprobe) reads it"
                                .formatted(slot.source().key()));
    }

    private static Optional<String> markRefusal(ProbePoint.UsdtMark mark) {
        List<String> reasons = new ArrayList<>();
        for (MarkSite site : mark.mark().sites()) {
            for (Slot slot : mark.slots()) {
                Operands.refusal(operand(site, slot))
                        .ifPresent(r -> reasons.add("%s cannot be captured: %s"
                                .formatted(slot.source().key(), r)));
            }
        }
        return reasons.stream().findFirst().or(() -> tooMuchMemory(mark));
    }

    private static Optional<String> tooMuchMemory(ProbePoint.UsdtMark mark) {
        List<Slot> numbers = mark.slots().stream().filter(slot -> !slot.text()).toList();
        long inMemory = mark.mark().sites().stream()
                .mapToLong(site -> numbers.stream()
                        .filter(slot -> operand(site, slot).location() instanceof OperandLocation.Memory)
                        .count())
                .max()
                .orElse(0);
        return inMemory <= MOST_IN_MEMORY || numbers.size() == mark.slots().size()
                ? Optional.empty()
                : Optional.of(
                        "a string and %d integers in memory are captured at it; beside a string, SystemTap's BPF runtime has room for %d (the stack of a BPF program is 512 bytes) (PU1068)"
                                .formatted(inMemory, MOST_IN_MEMORY));
    }

    /** How the integer of a capture, which is among the slots, is read at a site. */
    Reading value(Site site, Capture capture) {
        return site.values().get(point.slots().indexOf(new Slot(capture.source(), false)));
    }

    boolean hasSeveralSites() {
        return sites.size() > 1;
    }

    private static List<Reading> readings(MarkSite site, List<Slot> slots) {
        return slots.stream().map(slot -> Operands.reading(operand(site, slot))).toList();
    }

    private static Operand operand(MarkSite site, Slot slot) {
        CaptureSource.Argument argument = (CaptureSource.Argument) slot.source();
        return site.operands().get(argument.number() - 1);
    }

    private static Reading register(ProbePoint point, CaptureSource source) {
        if (point instanceof ProbePoint.Function function
                && function.operand(source).isPresent()) {
            return Operands.reading(function.operand(source).get());
        }
        return Reading.Register.whole(
                source instanceof CaptureSource.Argument argument && point instanceof ProbePoint.Function function
                        ? Registers.argument(function.register(argument))
                        : Registers.RETURN_VALUE);
    }
}
