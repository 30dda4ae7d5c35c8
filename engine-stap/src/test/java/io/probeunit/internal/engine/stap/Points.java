package io.probeunit.internal.engine.stap;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Short words for probe points. */
final class Points {
    static final PlaceNames BY_SYMBOL = new PlaceNames(Set.of(), Map.of());

    static final String PATH = "/var/lib/docker/overlay2/abc/merged/usr/bin/shop";
    static final Nonce NONCE = new Nonce("00c0ffee1234");

    private Points() {}

    static SessionRequest request(ProbePoint... points) {
        Target target = new Target(
                "shop",
                "0123456789ab",
                4711,
                99,
                "2026-01-02T03:04:05Z",
                new Cgroup("/docker/0123456789ab", 777, CgroupLevels.exactly(2)),
                new BinarySelector.TargetDefault());
        return new SessionRequest(target, List.of(points), 1000);
    }

    static ProbePoint.Function function(String name, String... captures) {
        return new ProbePoint.Function(name, false, List.of(symbol(name, 0x1180)), file(PATH), slots(captures));
    }

    static ProbePoint.Function function(List<FunctionSymbol> symbols, boolean onReturn, String... captures) {
        return new ProbePoint.Function(symbols.get(0).baseName(), onReturn, symbols, file(PATH), slots(captures));
    }

    /** Its address in memory is not its offset in the file. */
    static FunctionSymbol symbol(String name, long offset) {
        return new FunctionSymbol(name, 0x400000 + offset, offset, 16);
    }

    static ProbePoint.UsdtMark mark(String provider, String name, List<MarkSite> sites, String... captures) {
        return new ProbePoint.UsdtMark(new Mark(provider, name, sites), file(PATH), slots(captures));
    }

    static MarkSite site(long offset, Operand... operands) {
        return new MarkSite(0x400000 + offset, offset, Optional.empty(), List.of(operands));
    }

    static Operand register(int size, boolean signed, int dwarfNumber) {
        return new Operand(size, signed, new OperandLocation.Register(dwarfNumber, 0), "register");
    }

    static Operand highByte(int dwarfNumber) {
        return new Operand(1, false, new OperandLocation.Register(dwarfNumber, 8), "high byte");
    }

    static Operand constant(int size, long value) {
        return new Operand(size, true, new OperandLocation.Constant(value), "constant");
    }

    static Operand memory(int size, boolean signed, int base, int index, int scale, long displacement) {
        return new Operand(
                size,
                signed,
                new OperandLocation.Memory(
                        base < 0 ? OptionalInt.empty() : OptionalInt.of(base),
                        index < 0 ? OptionalInt.empty() : OptionalInt.of(index),
                        scale,
                        displacement,
                        Optional.empty()),
                "memory");
    }

    static Operand unsupported(String reason) {
        return new Operand(8, false, new OperandLocation.Unsupported(reason), "unsupported");
    }

    static TargetFile file(String hostPath) {
        return new TargetFile("/usr/bin/shop", hostPath, new FileIdentity(53, 42));
    }

    static List<Slot> slots(String... captures) {
        return Stream.of(captures)
                .map(Capture::parse)
                .map(c -> new Slot(c.source(), c.isString()))
                .toList();
    }
}
