package io.probeunit.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.renderer.html.HtmlRenderer;

/** One page of the site. */
final class PageHtml {

    private final Page page;
    private final Navigation navigation;
    private final HtmlRenderer renderer;

    PageHtml(Page page, Navigation navigation) {
        this.page = page;
        this.navigation = navigation;
        this.renderer = HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .escapeHtml(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Heading heading) {
                        attributes.put("id", Text.anchor(heading));
                    } else if (node instanceof Link link) {
                        attributes.put("href", page.inSite(link.getDestination()));
                    }
                })
                .build();
    }

    String text() {
        return Site.filled(
                "page.html",
                Map.of(
                        "title", Text.escaped(page.title()),
                        "home", to(Path.of(Page.INDEX)),
                        "root", to(Path.of("style.css")).replace("style.css", ""),
                        "navigation", navigation(),
                        "content", renderer.render(page.document()),
                        "neighbours", neighbours()));
    }

    private String navigation() {
        return navigation.sections().entrySet().stream()
                .map(section -> "<h2>%s</h2>\n<ul>\n%s\n</ul>"
                        .formatted(
                                Text.escaped(section.getKey()),
                                section.getValue().stream().map(this::item).collect(Collectors.joining("\n"))))
                .collect(Collectors.joining("\n"));
    }

    private String item(Page other) {
        return "<li><a href=\"%s\"%s>%s</a></li>"
                .formatted(
                        to(other.output()),
                        other.source().equals(page.source()) ? " aria-current=\"page\"" : "",
                        Text.escaped(other.title()));
    }

    private String neighbours() {
        List<Page> all = navigation.all();
        int here = all.indexOf(page);
        return (here > 0 ? neighbour("prev", all.get(here - 1)) : "")
                + (here >= 0 && here + 1 < all.size() ? neighbour("next", all.get(here + 1)) : "");
    }

    private String neighbour(String kind, Page other) {
        return "<a class=\"%s\" rel=\"%1$s\" href=\"%s\">%s</a>"
                .formatted(kind, to(other.output()), Text.escaped(other.title()));
    }

    private String to(Path file) {
        return Page.relative(file, page);
    }
}
