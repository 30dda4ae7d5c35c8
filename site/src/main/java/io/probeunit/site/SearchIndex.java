package io.probeunit.site;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** What the search of the site looks through: each section of each page. A script, since a page may not read other files. */
final class SearchIndex {

    private record Entry(String page, String heading, String link, String text) {}

    private SearchIndex() {}

    static String of(List<Page> pages) {
        return "const PAGES = %s;\n"
                .formatted(new Gson()
                        .toJson(pages.stream()
                                .flatMap(page -> entries(page).stream())
                                .toList()));
    }

    private static List<Entry> entries(Page page) {
        List<Entry> entries = new ArrayList<>();
        String heading = page.title();
        String link = page.output().toString();
        StringBuilder text = new StringBuilder();
        for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading next) {
                entries.add(new Entry(page.title(), heading, link, text.toString()));
                heading = Text.of(next);
                link = page.output() + "#" + Text.anchor(next);
                text.setLength(0);
            } else {
                text.append(Text.of(node)).append(' ');
            }
        }
        entries.add(new Entry(page.title(), heading, link, text.toString()));
        return entries.stream().filter(entry -> !entry.text().isBlank()).toList();
    }
}
