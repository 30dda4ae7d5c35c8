package io.probeunit.internal.watch;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.TargetFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Watches whether the files of a container are, when its start is over, those in which probes were armed before it: a program
 * that the start replaced or copied up has no probes.
 */
public final class LayersWatch implements TargetWatch {

    private final Map<BinarySelector, TargetFile> armed;
    private final Function<BinarySelector, TargetFile> now;

    /**
     * Creates a watch.
     *
     * @param armed what was found before the start
     * @param now finds again, among the layers as they are then
     */
    public LayersWatch(Map<BinarySelector, TargetFile> armed, Function<BinarySelector, TargetFile> now) {
        this.armed = new LinkedHashMap<>(armed);
        this.now = now;
    }

    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        return () -> armed.entrySet().stream()
                .flatMap(entry -> doubt(entry.getKey(), entry.getValue()).stream())
                .map(Findings::doubt)
                .reduce(Findings.NOTHING, Findings::and);
    }

    private Optional<Doubt> doubt(BinarySelector selector, TargetFile then) {
        TargetFile there;
        try {
            there = now.apply(selector);
        } catch (ProbeException | HostException e) {
            return Optional.of(Doubt.missed(
                    "it is not known whether %s is still the file that was probed before the container started: %s"
                            .formatted(then.path(), e.getMessage())));
        }
        if (!there.path().equals(then.path())) {
            return Optional.of(Doubt.missed(
                    "%s was probed before the container started, and its start put %s in its place, which is not counted; name the file that runs by its path"
                            .formatted(then.path(), there.path())));
        }
        return isSame(there.identity(), then.identity())
                ? Optional.empty()
                : Optional.of(Doubt.missed(
                        "%s was replaced, overwritten, or given another mode or owner while the container started; programs that are started from the new file are not counted. Do this when the image is built"
                                .formatted(then.path())));
    }

    /** The number of the file system is another one for each mount. */
    private static boolean isSame(FileIdentity one, FileIdentity other) {
        return one.inode() == other.inode()
                && one.size() == other.size()
                && one.modified() == other.modified()
                && one.changed() == other.changed();
    }
}
