package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.plan.CaptureSource;
import java.util.List;
import java.util.Optional;

/** Arms uprobes by itself, with bpf(2), on the kernel of one host. Thread-safe. */
public final class UprobeEngine implements Engine {

    static final String NAME = "uprobe";

    private final Host host;
    private final AttachMode attach;

    /**
     * Creates the engine; nothing is loaded yet.
     *
     * @param host whose kernel is used
     * @param attach how programs are attached
     */
    public UprobeEngine(Host host, AttachMode attach) {
        this.host = host;
        this.attach = attach;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PreflightResult preflight() {
        return Jna.lack(host.calls())
                .<PreflightResult>map(lack -> new PreflightResult.Failed(List.of(lack)))
                .orElseGet(() -> new UprobePreflight(host).check());
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        PtRegs registers = Registers.of(host.calls().machine());
        for (Slot slot : point.slots()) {
            if (point instanceof ProbePoint.Function function
                    && function.operand(slot.source()).isPresent()) {
                continue;
            }
            if (slot.source() instanceof CaptureSource.Variable variable) {
                return Optional.of(
                        "a mark has no names, such as %s (PU1066); capture argN instead".formatted(variable.key()));
            }
            if (point instanceof ProbePoint.Function
                    && slot.source() instanceof CaptureSource.Argument argument
                    && argument.number() > registers.arguments()) {
                return Optional.of("arg%d is not in a register: only the first %d arguments of a function are (PU1075)"
                        .formatted(argument.number(), registers.arguments()));
            }
            if (point instanceof ProbePoint.UsdtMark mark && !(slot.source() instanceof CaptureSource.Stack)) {
                for (MarkSite site : mark.mark().sites()) {
                    if (SlotReading.operand(slot, site).location() instanceof OperandLocation.Unsupported unsupported) {
                        return Optional.of("%s cannot be captured: %s"
                                .formatted(slot.source().key(), unsupported.reason()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> lackOfStacks() {
        return Optional.empty();
    }

    /** A point costs some bytes of counters, and nothing to remove, unless each is attached by itself. */
    @Override
    public int mostCovered() {
        return attach.links(host) ? Sites.MOST_POINTS : Engine.super.mostCovered();
    }

    @Override
    public Optional<String> refusalBeforeStart() {
        return Optional.empty();
    }

    @Override
    public Session open(SessionRequest request, FiringSink sink) {
        if (request.points().size() > Sites.MOST_POINTS) {
            throw new EngineException("%d probe points are more than a session can hold (PU1077); at most %d."
                    .formatted(request.points().size(), Sites.MOST_POINTS));
        }
        return UprobeSession.open(
                host,
                attach.on(host),
                request,
                Sites.of(request.points(), Registers.of(host.calls().machine())),
                sink);
    }
}
