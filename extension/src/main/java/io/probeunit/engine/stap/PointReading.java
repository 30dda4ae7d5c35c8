package io.probeunit.engine.stap;

import io.probeunit.binary.MarkSite;
import io.probeunit.binary.Operand;
import io.probeunit.binary.OperandLocation;
import io.probeunit.engine.ProbePoint;
import io.probeunit.engine.Slot;
import io.probeunit.plan.CaptureSource;
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

    /**
     * How the values are read at sites that have them in the same places.
     *
     * @param offsets of these sites in the file, in bytes
     * @param values for each slot
     */
    record Site(List<Long> offsets, List<Reading> values) {}

    /** How one value is read. */
    sealed interface Reading {

        /**
         * By the handler.
         *
         * @param expression an integer, or the address of a string
         */
        record Expression(String expression) implements Reading {}

        /**
         * Not at all: the note says what it is.
         *
         * @param value always the same
         */
        record Constant(long value) implements Reading {}
    }

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
                                .map(slot -> (Reading) new Reading.Expression(register(point, slot.source())))
                                .toList())));
    }

    /** Why the point's values cannot be read; empty if they can. */
    static Optional<String> refusal(ProbePoint point) {
        List<Slot> slots = point.slots();
        Optional<String> variable = slots.stream()
                .map(Slot::source)
                .filter(CaptureSource.Variable.class::isInstance)
                .findFirst()
                .map(s -> "SystemTap's BPF runtime cannot read %s: it reads no variables by name; capture argN instead"
                        .formatted(s.key()));
        if (variable.isPresent()) {
            return variable;
        }
        long strings = slots.stream().filter(Slot::text).count();
        if (strings > MOST_STRINGS) {
            return Optional.of(
                    "%d strings are captured at it; SystemTap's BPF runtime reads at most %d at one point (the stack of a BPF program is 512 bytes)"
                            .formatted(strings, MOST_STRINGS));
        }
        if (strings == MOST_STRINGS && slots.size() > strings) {
            return Optional.of(
                    "%d strings and %d other values are captured at it; where SystemTap's BPF runtime reads %d strings, it has no room for more (the stack of a BPF program is 512 bytes)"
                            .formatted(strings, slots.size() - strings, MOST_STRINGS));
        }
        if (slots.size() > MOST_SLOTS) {
            return Optional.of(
                    "%d values are captured at it; SystemTap's printf takes %d".formatted(slots.size(), MOST_SLOTS));
        }
        return point instanceof ProbePoint.UsdtMark mark ? markRefusal(mark) : Optional.empty();
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
        return reasons.stream().findFirst();
    }

    boolean hasSeveralSites() {
        return sites.size() > 1;
    }

    private static List<Reading> readings(MarkSite site, List<Slot> slots) {
        return slots.stream().map(slot -> reading(operand(site, slot))).toList();
    }

    private static Reading reading(Operand operand) {
        return operand.location() instanceof OperandLocation.Constant constant
                ? new Reading.Constant(constant.value())
                : new Reading.Expression(Operands.expression(operand));
    }

    private static Operand operand(MarkSite site, Slot slot) {
        CaptureSource.Argument argument = (CaptureSource.Argument) slot.source();
        return site.operands().get(argument.number() - 1);
    }

    private static String register(ProbePoint point, CaptureSource source) {
        return source instanceof CaptureSource.Argument argument && point instanceof ProbePoint.Function function
                ? Registers.argument(function.register(argument))
                : Registers.read(Registers.RETURN_VALUE);
    }
}
