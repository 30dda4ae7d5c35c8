package io.probeunit.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The site: each page as HTML, and each file of the project that a page links to as it is. It asks for nothing from the
 * network, and works from a folder without a server.
 */
public final class Site {

    private static final List<String> ASSETS = List.of("style.css", "search.js");

    private static final Pattern PART = Pattern.compile("\\{\\{(\\w+)}}");

    private final Path root;
    private final Path output;

    private Site(Path root, Path output) {
        this.root = root;
        this.output = output;
    }

    /** Makes the site of the project in the first argument, in the folder that is the second. */
    public static void main(String[] arguments) {
        make(Path.of(arguments[0]).toAbsolutePath().normalize(), Path.of(arguments[1]));
    }

    static void make(Path root, Path output) {
        new Site(root, output).make();
    }

    private void make() {
        List<Page> pages = pages();
        Navigation navigation = Navigation.of(pages);
        Set<Path> linked = new TreeSet<>();
        for (Page page : pages) {
            write(page.output(), new PageHtml(page, navigation).text());
            linked.addAll(page.linkedFiles());
            page.images().forEach(image -> copyFile(image, image));
        }
        linked.forEach(this::copy);
        for (String asset : ASSETS) {
            write(Path.of(asset), resource(asset));
        }
        write(Path.of("search-index.js"), SearchIndex.of(pages));
    }

    /** In the order of reading as far as it is known, then by name. */
    private List<Page> pages() {
        Set<Path> sources = new LinkedHashSet<>();
        sources.add(Path.of("README.md"));
        sources.add(Path.of("docs/README.md"));
        Stream.of(root, root.resolve("docs"), root.resolve("findings"), root.resolve("lab"))
                .flatMap(folder -> pagesIn(folder, folder.equals(root) ? 1 : Integer.MAX_VALUE).stream())
                .sorted()
                .forEach(sources::add);
        return sources.stream().map(source -> Page.read(root, source)).toList();
    }

    private List<Path> pagesIn(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Page::isPage).map(root::relativize).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String text) {
        try {
            Path target = output.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder becomes a list of its files. */
    private void copy(Path file) {
        Path source = root.resolve(file);
        if (Files.isDirectory(source)) {
            write(file.resolve(Page.INDEX), new FolderHtml(root, file).text());
            FolderHtml.filesIn(root, file).forEach(text -> copyFile(text, Page.textOf(text)));
        } else {
            copyFile(file, Page.textOf(file));
        }
    }

    private void copyFile(Path file, Path inSite) {
        try {
            Path target = output.resolve(inSite);
            Files.createDirectories(target.getParent());
            Files.write(target, Files.readAllBytes(root.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A template with its parts, of which none is looked into. */
    static String filled(String template, Map<String, String> parts) {
        return PART.matcher(resource(template))
                .replaceAll(part -> Matcher.quoteReplacement(parts.getOrDefault(part.group(1), part.group())));
    }

    private static String resource(String name) {
        try (InputStream stream = Site.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
