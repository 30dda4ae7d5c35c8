package io.probeunit.internal.engine.perf;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Short words for probe points. */
final class Points {

    static final String PATH = "/merged/usr/bin/shop";

    private Points() {}

    static ProbePoint.Function function(String name, boolean onReturn, String... captures) {
        FunctionSymbol symbol = new FunctionSymbol(name, 0x401180, 0x1180, 16);
        FunctionSymbol clone = new FunctionSymbol(name + ".isra.0", 0x401200, 0x1200, 16);
        return new ProbePoint.Function(name, onReturn, List.of(symbol, clone), file(PATH), slots(captures));
    }

    static ProbePoint.UsdtMark mark(List<MarkSite> sites, String... captures) {
        return new ProbePoint.UsdtMark(new Mark("shop", "order", sites), file(PATH), slots(captures));
    }

    static MarkSite site(long offset, Operand... operands) {
        return new MarkSite(0x400000 + offset, offset, Optional.empty(), List.of(operands));
    }

    static Operand register(int size, boolean signed, int dwarfNumber, int bitOffset) {
        return new Operand(size, signed, new OperandLocation.Register(dwarfNumber, bitOffset), "register");
    }

    static Operand constant(long value) {
        return new Operand(4, true, new OperandLocation.Constant(value), "constant");
    }

    static Operand memory(int size, int base, int index, long displacement) {
        return new Operand(
                size,
                true,
                new OperandLocation.Memory(
                        base < 0 ? OptionalInt.empty() : OptionalInt.of(base),
                        index < 0 ? OptionalInt.empty() : OptionalInt.of(index),
                        4,
                        displacement,
                        Optional.empty()),
                "-4@8(%rbp)");
    }

    static TargetFile file(String hostPath) {
        return new TargetFile("/usr/bin/shop", hostPath, new FileIdentity(53, 42));
    }

    private static List<Slot> slots(String... captures) {
        return Stream.of(captures)
                .map(Capture::parse)
                .map(c -> new Slot(c.source(), c.isString()))
                .toList();
    }
}
