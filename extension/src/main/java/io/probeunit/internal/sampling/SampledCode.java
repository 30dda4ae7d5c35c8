package io.probeunit.internal.sampling;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.FunctionRanges;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.perf.CpuProfile;
import io.probeunit.internal.engine.perf.CpuProfile.Place;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names the code of a target that was sampled, for people. For one thread. */
final class SampledCode {

    private static final int MOST = 5;
    private static final String DELETED = " (deleted)";

    private record FileOnDisk(String path, long inode) {}

    private final Target target;
    private final PointResolver resolver;
    private final TargetFiles files;
    private final Map<FileOnDisk, Optional<FunctionRanges>> known = new HashMap<>();

    SampledCode(Target target, PointResolver resolver, TargetFiles files) {
        this.target = target;
        this.resolver = resolver;
        this.files = files;
    }

    /** Where most samples were, the most first. */
    List<Samples.Share> top(CpuProfile profile) {
        Map<String, Long> shares = new HashMap<>();
        profile.samples().forEach((place, samples) -> shares.merge(name(place), samples, Long::sum));
        return shares.entrySet().stream()
                .map(e -> new Samples.Share(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingLong(Samples.Share::samples)
                        .reversed()
                        .thenComparing(Samples.Share::code))
                .limit(MOST)
                .toList();
    }

    /**
     * Says whether code is that of a file: of the same path and inode. The number of the device is no help, since a process
     * has another one for a file of an overlay than stat(2) tells.
     */
    static boolean isOf(Place place, TargetFile file) {
        return place.inode() == file.identity().inode() && path(place).equals(file.path());
    }

    private static String path(Place place) {
        return place.path().endsWith(DELETED)
                ? place.path().substring(0, place.path().length() - DELETED.length())
                : place.path();
    }

    private String name(Place place) {
        if (!place.isInFile()) {
            return place.path().isEmpty() ? "code in no file" : place.path();
        }
        return known.computeIfAbsent(new FileOnDisk(place.path(), place.inode()), file -> ranges(place))
                .flatMap(ranges -> ranges.at(place.offset()))
                .map(FunctionSymbol::sourceName)
                .map(function -> "%s (%s)".formatted(function, place.path()))
                .orElse("no known function (%s)".formatted(place.path()));
    }

    private Optional<FunctionRanges> ranges(Place place) {
        try {
            TargetFile file = files.find(target, new BinarySelector.AbsolutePath(path(place)));
            return Optional.of(file).filter(f -> isOf(place, f)).map(f -> FunctionRanges.of(resolver.read(target, f)));
        } catch (ProbeException | HostException unreadable) {
            return Optional.empty();
        }
    }
}
