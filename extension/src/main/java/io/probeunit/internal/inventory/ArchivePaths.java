package io.probeunit.internal.inventory;

import io.probeunit.ProbeException;
import io.probeunit.internal.docker.ArchiveEntry;
import io.probeunit.internal.docker.ContainerArchive;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.targets.PathWalk;
import java.util.Optional;

/**
 * Follows links of a container through its daemon, within the container.
 *
 * <p>The daemon itself follows links in the folders of a path. But it resolves {@code ..} by the names in the path,
 * which is wrong after a link. So a link that goes up is followed from its real folder.
 */
final class ArchivePaths {

    private final String container;
    private final ContainerArchive archive;

    ArchivePaths(String container, ContainerArchive archive) {
        this.container = container;
        this.archive = archive;
    }

    /**
     * Finds a regular file.
     *
     * @param path absolute
     * @return its content, and where it is; empty if there is nothing
     * @throws ProbeException if there is something else
     */
    Optional<FoundBinary> find(String path) {
        String here = path;
        for (int links = 0; links <= PathWalk.MOST_LINKS; links++) {
            String plain = here.contains("..") ? withoutUps(here) : here;
            Optional<ArchiveEntry> entry = archive.entry(plain);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            if (entry.get() instanceof ArchiveEntry.File file) {
                return Optional.of(new FoundBinary(plain, FileContent.of(file.content()), this::debugFile));
            }
            if (entry.get() instanceof ArchiveEntry.Other other) {
                throw new ProbeException("%s in container %s is %s; name an executable or a library (PU0822)."
                        .formatted(plain, container, other.kind()));
            }
            here = target(plain, (ArchiveEntry.Link) entry.get());
        }
        throw new ProbeException("The path %s in container %s goes through more than %d links (PU0512)."
                .formatted(path, container, PathWalk.MOST_LINKS));
    }

    private Optional<FileContent> debugFile(String path) {
        try {
            return find(path).map(FoundBinary::content);
        } catch (ProbeException unreadable) {
            return Optional.empty();
        }
    }

    private static String target(String path, ArchiveEntry.Link link) {
        return link.to().startsWith("/") ? link.to() : path.substring(0, path.lastIndexOf('/') + 1) + link.to();
    }

    /** Goes up only from folders that are no links. */
    private String withoutUps(String path) {
        PathWalk walk = new PathWalk(path);
        while (walk.advance()) {
            if (walk.goesUp()
                    && archive.entry(walk.here()).orElse(null) instanceof ArchiveEntry.Link link
                    && !walk.follow(link.to())) {
                break;
            }
        }
        return walk.here();
    }
}
