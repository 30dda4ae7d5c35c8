package io.probeunit.inventory;

import io.probeunit.ProbeException;
import io.probeunit.docker.ArchiveEntry;
import io.probeunit.docker.ContainerArchive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Follows links of a container through its daemon, within the container.
 *
 * <p>The daemon follows those of all folders of a path itself, but takes {@code ..} for the folder's name before, which
 * is wrong behind a link; so a link that goes up is followed from the folder that it really lies in.
 */
final class ArchivePaths {

    /** As many links as the kernel follows in one path; path_resolution(7). */
    private static final int MOST_LINKS = 40;

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
        for (int links = 0; links <= MOST_LINKS; links++) {
            String plain = here.contains("..") ? withoutUps(here) : here;
            Optional<ArchiveEntry> entry = archive.entry(plain);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            if (entry.get() instanceof ArchiveEntry.File file) {
                return Optional.of(new FoundBinary(plain, file.content()));
            }
            if (entry.get() instanceof ArchiveEntry.Other other) {
                throw new ProbeException("%s in container %s is %s; name an executable or a library."
                        .formatted(plain, container, other.kind()));
            }
            here = target(plain, (ArchiveEntry.Link) entry.get());
        }
        throw new ProbeException(
                "The path %s in container %s goes through more than %d links.".formatted(path, container, MOST_LINKS));
    }

    private static String target(String path, ArchiveEntry.Link link) {
        return link.to().startsWith("/") ? link.to() : path.substring(0, path.lastIndexOf('/') + 1) + link.to();
    }

    /** Goes up only from folders that are no links. */
    private String withoutUps(String path) {
        Deque<String> todo = new ArrayDeque<>(names(path));
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            done.add(name);
            boolean goesUp = todo.contains("..");
            if (goesUp && archive.entry(join(done)).orElse(null) instanceof ArchiveEntry.Link link) {
                if (++links > MOST_LINKS) {
                    break;
                }
                done.remove(done.size() - 1);
                if (link.to().startsWith("/")) {
                    done.clear();
                }
                List<String> names = names(link.to());
                for (int i = names.size() - 1; i >= 0; i--) {
                    todo.push(names.get(i));
                }
            }
        }
        return join(done);
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/"))
                .filter(n -> !n.isEmpty() && !n.equals("."))
                .toList();
    }

    private static String join(List<String> names) {
        return names.stream().map(n -> "/" + n).collect(Collectors.joining());
    }
}
