package io.probeunit.internal.engine;

import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.MappedPart;
import io.probeunit.internal.host.RunningProcess;
import io.probeunit.internal.host.WantedFiles;
import io.probeunit.internal.targets.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mappings of processes between two checks, in the form of processes that still exist: one for each program that a
 * process was started with. For one thread, and not for long.
 */
final class MappedMeanwhile {

    private static final int WRITE = 2;
    private static final int EXECUTE = 4;

    private final Host host;
    private final Target target;
    private final Map<String, Optional<FileIdentity>> atPaths = new HashMap<>();

    MappedMeanwhile(Host host, Target target) {
        this.host = host;
        this.target = target;
    }

    /** Where the host sees what a process of the target has at a path. */
    static String seen(Target target, String path) {
        return "/proc/%d/root%s".formatted(target.pid(), path);
    }

    /** Those that have mapped something that is wanted. */
    List<RunningProcess> processes(List<KernelWatch.Mapped> mapped, WantedFiles wanted) {
        Map<Long, Life> now = new HashMap<>();
        List<Life> all = new ArrayList<>();
        for (KernelWatch.Mapped part : mapped) {
            Life known = now.get(part.pid());
            if (known == null || part.begins()) {
                known = new Life(part.begins() ? Optional.of(part) : Optional.empty(), new ArrayList<>());
                now.put(part.pid(), known);
                all.add(known);
            }
            String name = part.path().substring(part.path().lastIndexOf('/') + 1);
            if (wanted.include(part.inode(), name, (part.protection() & EXECUTE) != 0)) {
                known.parts().add(part);
            }
        }
        return all.stream()
                .filter(life -> !life.parts().isEmpty())
                .map(this::process)
                .toList();
    }

    private record Life(Optional<KernelWatch.Mapped> begun, List<KernelWatch.Mapped> parts) {}

    private RunningProcess process(Life life) {
        long pid = life.parts().get(0).pid();
        // one that was there before is what it is now, unless it has ended
        String exe = "/proc/%d/exe".formatted(pid);
        Optional<FileIdentity> executes = life.begun().map(this::identity).or(() -> there(exe));
        return new RunningProcess(
                pid,
                life.begun().map(KernelWatch.Mapped::path).or(() -> link(exe)).orElse(""),
                executes,
                life.parts().stream().map(this::part).toList(),
                false);
    }

    private MappedPart part(KernelWatch.Mapped part) {
        return new MappedPart(
                part.path(),
                part.deleted(),
                hostPath(part),
                identity(part),
                (part.protection() & WRITE) != 0,
                (part.protection() & EXECUTE) != 0,
                false,
                part.offset(),
                part.length());
    }

    private String hostPath(KernelWatch.Mapped part) {
        String link = "/proc/%d/map_files/%x-%x".formatted(part.pid(), part.start(), part.start() + part.length());
        return there(link).isPresent() ? link : seen(target, part.path());
    }

    /** Some kernels number the files of overlayfs and btrfs otherwise than stat(2) does; so what is at the path goes first. */
    private FileIdentity identity(KernelWatch.Mapped part) {
        return (part.deleted()
                        ? Optional.<FileIdentity>empty()
                        : atPaths.computeIfAbsent(part.path(), path -> there(seen(target, path))))
                .orElseGet(() -> new FileIdentity(part.device(), part.inode()));
    }

    private Optional<String> link(String path) {
        try {
            return host.files().link(path);
        } catch (HostException ended) {
            return Optional.empty();
        }
    }

    private Optional<FileIdentity> there(String path) {
        try {
            return host.files().identity(path);
        } catch (HostException ended) {
            return Optional.empty();
        }
    }
}
