package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Hints;
import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Searches the files that a container's processes have loaded for reasons why a function did not fire. */
final class SilentFunctions {

    private static final int MOST_FILES = 100;
    private static final long MOST_BYTES = 200L << 20;

    private final TargetFiles targetFiles;
    private final BiFunction<Target, TargetFile, BinaryFile> reader;
    private final Duration patience;

    /** A file that is begun is read to its end, whatever the patience: a fraction of a second for 100 MB. */
    SilentFunctions(TargetFiles targetFiles, BiFunction<Target, TargetFile, BinaryFile> reader, Duration patience) {
        this.targetFiles = targetFiles;
        this.reader = reader;
        this.patience = patience;
    }

    /** Hints for points in one file that did not fire; none for marks. */
    List<String> hints(Target target, List<ProbePoint> points) {
        List<ProbePoint.Function> functions = points.stream()
                .filter(ProbePoint.Function.class::isInstance)
                .map(ProbePoint.Function.class::cast)
                .toList();
        if (functions.isEmpty()) {
            return List.of();
        }
        List<FunctionSymbol> sites =
                functions.stream().flatMap(point -> point.symbols().stream()).toList();
        TargetFiles.Loaded loaded = targetFiles.loaded(target, MOST_FILES);
        Deadline deadline = Deadline.after(patience);
        List<BinaryFile> programs = read(target, loaded.programs(), deadline);
        List<BinaryFile> libraries = read(target, loaded.libraries(), deadline);
        boolean complete = programs.size() == loaded.programs().size()
                && libraries.size() == loaded.libraries().size()
                && programs.size() + libraries.size() < MOST_FILES;
        return new Hints(reader.apply(target, functions.get(0).file()), sites, programs, libraries, complete)
                .sentences();
    }

    private List<BinaryFile> read(Target target, List<TargetFile> files, Deadline deadline) {
        return files.stream()
                .filter(file -> file.identity().size() <= MOST_BYTES)
                .takeWhile(file -> !deadline.isOver())
                .flatMap(file -> read(target, file))
                .toList();
    }

    private Stream<BinaryFile> read(Target target, TargetFile file) {
        try {
            return Stream.of(reader.apply(target, file));
        } catch (ProbeException | HostException unreadable) {
            return Stream.empty();
        }
    }
}
