package io.probeunit.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * The order of the pages, from {@code docs/README.md}: its headings are the sections, its links the pages.
 *
 * @param sections the pages of each, in their order
 */
record Navigation(Map<String, List<Page>> sections) {

    private static final Path CONTENTS = Path.of("docs/README.md");

    static Navigation of(List<Page> pages) {
        Map<Path, Page> bySource = new LinkedHashMap<>();
        pages.forEach(page -> bySource.put(page.source(), page));
        Page contents = bySource.get(CONTENTS);
        if (contents == null) {
            throw new IllegalStateException("there is no " + CONTENTS);
        }
        Map<String, List<Page>> sections = new LinkedHashMap<>();
        Set<Page> known = new LinkedHashSet<>(List.of(contents));
        String section = "";
        for (Node node = contents.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading) {
                section = Text.of(heading);
                continue;
            }
            for (Link link : new Page(contents.root(), contents.source(), node).links()) {
                Page page = contents.target(link.getDestination())
                        .map(bySource::get)
                        .orElse(null);
                if (page != null && known.add(page)) {
                    sections.computeIfAbsent(heading(contents, page, section), key -> new ArrayList<>())
                            .add(page);
                }
            }
        }
        return new Navigation(sections);
    }

    /** The first page is before all sections. */
    private static String heading(Page contents, Page page, String section) {
        return section.equals(contents.title()) ? "Start" : section;
    }

    List<Page> all() {
        return sections.values().stream().flatMap(List::stream).toList();
    }
}
