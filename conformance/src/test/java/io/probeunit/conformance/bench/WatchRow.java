package io.probeunit.conformance.bench;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.engine.CodeUse;
import io.probeunit.internal.engine.ProbePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What it costs a window to look whether the processes of a container run what is probed. */
final class WatchRow {

    private static final int WINDOWS = 2_000;
    private static final int OTHERS = 9;

    private final Bench bench;

    WatchRow(Bench bench) {
        this.bench = bench;
    }

    Figure measure() throws Exception {
        bench.container()
                .execInContainer(
                        "sh", "-c", "for i in $(seq %d); do sleep 60 >/dev/null 2>&1 & done".formatted(OTHERS));
        CodeUse use = new CodeUse(bench.host(), bench.target());
        List<CodeUse.Code> codes = new ArrayList<>();
        for (ProbePoint point : bench.points(Bench.function("many_00?"))) {
            Set<Long> offsets = ((ProbePoint.Function) point)
                    .symbols().stream().map(FunctionSymbol::fileOffset).collect(Collectors.toSet());
            codes.add(new CodeUse.Code(point.file(), offsets, Optional.empty()));
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 2 * WINDOWS; i++) {
            long start = System.nanoTime();
            use.look(codes);
            use.look(codes);
            if (i >= WINDOWS) {
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return Figure.alone(
                "look at %d processes when a window opens and when it closes, p50".formatted(OTHERS + 1),
                "ms",
                Numbers.median(millis),
                Goal.value(1),
                1);
    }
}
