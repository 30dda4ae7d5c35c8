package io.probeunit.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * A page of the project.
 *
 * @param root the folder of the project
 * @param source its file, relative to the root
 * @param document its content, with links as they are in the site
 */
record Page(Path root, Path source, Node document) {

    static final String INDEX = "index.html";

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    static Page read(Path root, Path source) {
        try {
            return new Page(root, source, PARSER.parse(Files.readString(root.resolve(source))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isPage(Path file) {
        return file.getFileName().toString().endsWith(".md");
    }

    /** Where it is in the site. */
    Path output() {
        return output(source);
    }

    String title() {
        return headings().stream().findFirst().map(Text::of).orElseGet(source::toString);
    }

    List<Heading> headings() {
        return all(Heading.class);
    }

    List<Link> links() {
        return all(Link.class);
    }

    private <T extends Node> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(document, type, found);
        return found;
    }

    private static <T extends Node> void collect(Node node, Class<T> type, List<T> found) {
        if (type.isInstance(node)) {
            found.add(type.cast(node));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, type, found);
        }
    }

    /** What a link means in the project; empty if it leads out of it, or to a heading of its own page. */
    Optional<Path> target(String destination) {
        String file = destination.replaceFirst("#.*", "");
        return destination.contains(":") || file.isEmpty()
                ? Optional.empty()
                : Optional.of(root.relativize(
                        root.resolve(source).resolveSibling(file).normalize()));
    }

    /** A link as it is in the site. */
    String inSite(String destination) {
        return target(destination)
                .map(target -> relative(output(target), this) + destination.replaceFirst("^[^#]*", ""))
                .orElse(destination);
    }

    /** Files and folders that are no pages. */
    List<Path> linkedFiles() {
        return links().stream()
                .flatMap(link -> target(link.getDestination()).stream())
                .filter(target -> !isPage(target))
                .toList();
    }

    /** Pictures, which stay as they are. */
    List<Path> images() {
        return all(Image.class).stream()
                .flatMap(image -> target(image.getDestination()).stream())
                .toList();
    }

    /** The way from a page to a file of the site. */
    static String relative(Path file, Page from) {
        return relative(file, from.output());
    }

    static String relative(Path file, Path from) {
        Path folder = from.getParent();
        return (folder == null ? file : folder.relativize(file)).toString();
    }

    /** A browser shows text; other files it would offer to keep. */
    static Path textOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".txt");
    }

    private Path output(Path file) {
        String name = file.getFileName().toString();
        if (isPage(file)) {
            return file.resolveSibling(name.equals("README.md") ? INDEX : name.replaceFirst("md$", "html"));
        }
        return Files.isDirectory(root.resolve(file)) ? file.resolve(INDEX) : textOf(file);
    }
}
