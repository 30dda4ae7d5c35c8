package io.probeunit.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of the files of a folder that a page links to. */
final class FolderHtml {

    private final Path root;
    private final Path folder;

    FolderHtml(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    static List<Path> filesIn(Path root, Path folder) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(file -> !("/" + file).contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        Path output = folder.resolve(Page.INDEX);
        String items = filesIn(root, folder).stream()
                .map(file -> "<li><a href=\"%s\">%s</a></li>"
                        .formatted(
                                Text.escaped(Page.relative(Page.textOf(file), output)),
                                Text.escaped(folder.relativize(file).toString())))
                .collect(Collectors.joining("\n"));
        return Site.filled(
                "folder.html",
                Map.of(
                        "title", Text.escaped(folder.toString()),
                        "style", Page.relative(Path.of("style.css"), output),
                        "files", items));
    }
}
