package io.probeunit.internal.watch;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.Reach;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Watches whether the probed files stay unchanged after they were read: programs that are started from another file, or
 * from a copy that overlayfs has made, have no probes.
 *
 * <p>One request checks all files. Links are followed again only if the given path has links.
 */
public final class FilesWatch implements TargetWatch {

    private final HostFiles files;
    private final TargetFiles targetFiles;
    private final Target target;
    private final List<TargetFile> armed;

    /**
     * Creates a watch.
     *
     * @param files of the host that the target was resolved on
     * @param targetFiles follows paths inside the target
     * @param target the container
     * @param armed all points of the session, also those that a window does not want
     */
    public FilesWatch(HostFiles files, TargetFiles targetFiles, Target target, List<ProbePoint> armed) {
        this.files = files;
        this.targetFiles = targetFiles;
        this.target = target;
        this.armed = armed.stream().map(ProbePoint::file).distinct().toList();
    }

    /**
     * Notes what is at the paths of deleted files that still run. What all other files were is known from the look-up, and a
     * changed file is armed again.
     */
    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        List<TargetFile> running = points.stream()
                .map(point -> point.point().file())
                .filter(file -> file.reach() == Reach.PROCESS)
                .distinct()
                .toList();
        Map<TargetFile, Optional<TargetFile>> before = successors(running);
        return () -> look(points, running, before);
    }

    /** For deleted files that a process runs: the file that is at the path now, if it has no probes. */
    private Map<TargetFile, Optional<TargetFile>> successors(List<TargetFile> running) {
        return running.stream()
                .filter(file -> armed.stream().noneMatch(other -> isAt(other, file.path())))
                .collect(Collectors.toMap(file -> file, file -> targetFiles.successor(target, file)));
    }

    private Findings look(
            List<WatchedPoint> points, List<TargetFile> running, Map<TargetFile, Optional<TargetFile>> before) {
        List<Optional<FileIdentity>> now =
                files.identities(armed.stream().map(TargetFile::hostPath).toList());
        Map<TargetFile, List<Doubt>> changed = new HashMap<>();
        List<Doubt> ofProgram = new ArrayList<>();
        for (int i = 0; i < armed.size(); i++) {
            if (!now.get(i).equals(Optional.of(armed.get(i).identity()))) {
                changed.put(armed.get(i), new ArrayList<>(doubts(armed.get(i), now.get(i))));
                overwritten(armed.get(i), now.get(i)).ifPresent(ofProgram::add);
            }
        }
        successors(running).forEach((gone, there) -> {
            if (!there.map(TargetFile::identity).equals(before.get(gone).map(TargetFile::identity))) {
                changed.computeIfAbsent(gone, file -> new ArrayList<>()).add(putThere(gone));
            }
        });
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        Map<String, Optional<String>> led = new HashMap<>();
        for (WatchedPoint point : points) {
            List<Doubt> all = new ArrayList<>(changed.getOrDefault(point.point().file(), List.of()));
            all.addAll(elsewhere(point, led));
            if (!all.isEmpty()) {
                doubts.put(point.index(), all);
            }
        }
        return new Findings(ofProgram, doubts, List.of());
    }

    /** A process that runs such a file meets breakpoints in the middle of instructions, from any test of the class. */
    private static Optional<Doubt> overwritten(TargetFile armed, Optional<FileIdentity> now) {
        return now.filter(armed.identity()::isSameFile)
                .filter(there -> !there.hasSameContent(armed.identity()))
                .map(there -> Doubt.program(
                        "%s was overwritten in place while probes were in it: they are where the old file had its functions, so firings may belong to other code, and the program may have computed wrong results; copy the new file beside it and move it over the old one, before the test's window opens"
                                .formatted(armed.path())));
    }

    private static boolean isAt(TargetFile file, String path) {
        return file.reach() != Reach.PROCESS && file.path().equals(path);
    }

    private static Doubt putThere(TargetFile gone) {
        return Doubt.missed(
                "another file was put at %s while the window was open, and programs that are started from it are not counted; put it there before the test's window opens"
                        .formatted(gone.path()));
    }

    private List<Doubt> doubts(TargetFile armed, Optional<FileIdentity> now) {
        String path = armed.path();
        FileIdentity then = armed.identity();
        boolean isThere = now.filter(then::isSameFile).isPresent();
        if (!isThere && armed.reach() == Reach.PROCESS) {
            // it was at no path before, and the process that led to it has ended
            return List.of();
        }
        if (now.isEmpty()) {
            return targetFiles.isRunning(target)
                    ? List.of(Doubt.missed(
                            "%s was removed while the window was open, and it is not known whether another file was at its path in between; remove it before the test's window opens"
                                    .formatted(path)))
                    : List.of();
        }
        if (!isThere) {
            return List.of(Doubt.missed(
                    "%s was replaced while the window was open, and programs that are started from the new file are not counted; replace it before the test's window opens"
                            .formatted(path)));
        }
        return now.get().hasSameContent(then)
                ? List.of(Doubt.missed(
                        "the mode, the owner or the names of %s were changed while the window was open: on a container's own file system (overlayfs) that can make a copy of the file, and programs that are started from the copy are not counted; change them before the test's window opens"
                                .formatted(path)))
                // a file that was overwritten puts all points in doubt: see overwritten()
                : List.of();
    }

    /** Each link is followed once, however many points were looked up by it. */
    private List<Doubt> elsewhere(WatchedPoint point, Map<String, Optional<String>> led) {
        if (point.paths().isEmpty()) {
            return List.of();
        }
        String armed = point.point().file().path();
        return point.paths().stream()
                .filter(path -> !path.equals(armed))
                .flatMap(path -> led
                        .computeIfAbsent(path, link -> targetFiles.leadsTo(target, link))
                        .filter(now -> !now.equals(armed))
                        .map(now -> Doubt.missed(
                                "%s leads to %s now, which has no probes, and led to %s when the window opened; change the link before the test's window opens"
                                        .formatted(path, now, armed)))
                        .stream())
                .toList();
    }
}
