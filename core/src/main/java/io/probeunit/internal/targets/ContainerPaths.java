package io.probeunit.internal.targets;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.Way;
import io.probeunit.internal.plan.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Follows paths inside a container, links included, without ever leaving its root.
 *
 * <p>The kernel would follow an absolute link below {@code /proc/PID/root} from the root of the process that asks, which
 * is the host's; so links are read and followed here.
 */
final class ContainerPaths {

    private static final int NEAREST = 5;

    private final HostFiles files;
    private final Target target;

    ContainerPaths(HostFiles files, Target target) {
        this.files = files;
        this.target = target;
    }

    /** The path without links. */
    String resolve(String path) {
        PathWalk walk = new PathWalk(path);
        follow(walk, path).ifPresent(fault -> {
            throw new ProbeException(fault.get());
        });
        return walk.here();
    }

    /** The path of a file that need not be there: the links in its folder are followed, as far as there is one. */
    String withParentResolved(String path) {
        int slash = path.lastIndexOf('/');
        return reached(path.substring(0, slash))
                .map(folder -> (folder.equals("/") ? "" : folder) + path.substring(slash))
                .orElse(path);
    }

    /** Like {@link #resolve}, empty where there is no such file. */
    Optional<String> find(String path) {
        return reached(path).filter(p -> files.isRegularFile(seen(p)));
    }

    /** The names in a folder; none where there is no such folder. */
    List<String> names(String folder) {
        return reached(folder).map(there -> files.list(seen(there))).orElse(List.of());
    }

    private Optional<String> reached(String path) {
        PathWalk walk = new PathWalk(path);
        return follow(walk, path).isPresent() ? Optional.empty() : Optional.of(walk.here());
    }

    /** What keeps from going on; put into words only if somebody wants to know, since the nearest names take long. */
    private Optional<Supplier<String>> follow(PathWalk walk, String path) {
        for (List<String> names = walk.ahead(); !names.isEmpty(); names = walk.ahead()) {
            Way way = files.way(seen(walk.here()), names);
            for (int i = 0; i < way.passed(); i++) {
                walk.advance();
            }
            if (way.passed() < names.size()) {
                walk.advance();
                String here = walk.here();
                if (way.link().isEmpty()) {
                    return Optional.of(() -> missing(path, here));
                }
                refuseHidden(path, here);
                if (!walk.follow(way.link().get())) {
                    return Optional.of(() -> "The path %s in target %s goes through more than %d links (PU0512)."
                            .formatted(path, target.name(), PathWalk.MOST_LINKS));
                }
            }
        }
        refuseHidden(path, walk.here());
        return Optional.empty();
    }

    /** What is mounted when the container starts is not among its layers. */
    private void refuseHidden(String path, String here) {
        target.notStarted().flatMap(created -> created.hiding(here)).ifPresent(mount -> {
            throw new ProbeException(
                    "%s in target %s is, or is reached by, %s, where something is mounted when the container starts (a volume, a bind mount or a tmpfs at %s) (PU1701). Before the start, only files of the image and files copied into the container can be probed. Copy the program with withCopyToContainer or into the image, or name another file."
                            .formatted(path, target.name(), here, mount));
        });
    }

    /** Where the host sees a path that has no links. */
    String seen(String resolved) {
        return target.root() + resolved;
    }

    private String missing(String path, String here) {
        int slash = here.lastIndexOf('/');
        String folder = slash == 0 ? "/" : here.substring(0, slash);
        String name = here.substring(slash + 1);
        List<String> near = NearestNames.to(name, files.list(seen(folder)), NEAREST);
        return "There is no file %s in target %s (PU0501): %s has no '%s'%s. Paths are those inside the container."
                .formatted(
                        path,
                        target.name(),
                        folder,
                        name,
                        near.isEmpty() ? "" : "; nearest there: " + String.join(", ", near));
    }
}
