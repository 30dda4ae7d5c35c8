package io.probeunit.internal.sessions;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.targets.TargetFile;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The files that probes of a session are in, as they were when the points were looked up. */
final class ArmedFiles {

    private final List<TargetFile> files;

    private ArmedFiles(List<TargetFile> files) {
        this.files = files;
    }

    static ArmedFiles of(Collection<ProbePoint> points) {
        return new ArmedFiles(List.copyOf(
                new LinkedHashSet<>(points.stream().map(ProbePoint::file).toList())));
    }

    /**
     * A file that was written over while probes are in it, whichever test they are for: the kernel goes on to put breakpoints
     * where the old instructions were, into whatever is started from it.
     */
    Optional<TargetFile> rewritten(HostFiles host) {
        return first(host, (then, now) -> then.isSameFile(now) && !then.hasSameContent(now));
    }

    /** A file of which another state is wanted than that in which probes are. */
    Optional<TargetFile> changedFor(Collection<ProbePoint> wanted) {
        // a path can have two: the file that runs, and the one that has replaced it
        Map<String, Set<FileIdentity>> now = wanted.stream()
                .map(ProbePoint::file)
                .collect(Collectors.groupingBy(
                        TargetFile::path, Collectors.mapping(TargetFile::identity, Collectors.toSet())));
        return files.stream()
                .filter(file ->
                        now.containsKey(file.path()) && !now.get(file.path()).contains(file.identity()))
                .findFirst();
    }

    /**
     * Compares once more: what was read must be what the probes are in.
     *
     * @throws EngineException if a file was changed since it was read
     */
    void refuseChanged(HostFiles host, String target) {
        first(host, (then, now) -> !then.equals(now)).ifPresent(file -> {
            throw new EngineException(
                    "%s in target %s was changed while its probes were armed (PU1034). Let the container settle before the test method runs."
                            .formatted(file.path(), target));
        });
    }

    private Optional<TargetFile> first(HostFiles host, BiPredicate<FileIdentity, FileIdentity> changed) {
        List<Optional<FileIdentity>> now =
                host.identities(files.stream().map(TargetFile::hostPath).toList());
        for (int i = 0; i < files.size(); i++) {
            FileIdentity then = files.get(i).identity();
            if (now.get(i).filter(identity -> changed.test(then, identity)).isPresent()) {
                return Optional.of(files.get(i));
            }
        }
        return Optional.empty();
    }
}
