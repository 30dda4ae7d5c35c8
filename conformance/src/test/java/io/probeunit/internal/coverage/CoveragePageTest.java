package io.probeunit.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.Browser;
import io.probeunit.internal.recording.Observation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a browser shows of a coverage: 700 points of two files, of which 100 fired. */
@Tag("once")
@Timeout(120)
class CoveragePageTest {

    private static final CoveragePoint.File SHOP = new CoveragePoint.File("shop", "/opt/shop");
    private static final CoveragePoint.File LIBRARY = new CoveragePoint.File("shop", "/usr/lib/libshop.so");

    @TempDir
    Path folder;

    private Browser browser;
    private Browser.Page page;

    private static TestCoverage test(String name, long ended, Map<CoveragePoint, Observation> seen) {
        return new TestCoverage(
                new TestCoverage.Test("[id:" + name + "]", "a.ShopTest", name),
                ended,
                Optional.empty(),
                seen,
                Map.of(SHOP, "b1", LIBRARY, "b2"),
                Map.of(new CoveragePoint(LIBRARY, false, "memcpy"), "it is chosen at run time"));
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        Map<CoveragePoint, Observation> seen = new LinkedHashMap<>();
        IntStream.range(0, 650)
                .forEach(i -> seen.put(
                        new CoveragePoint(SHOP, false, "function_%03d</script><b>".formatted(i)),
                        Observation.exactly(i < 100 ? i + 1 : 0)));
        IntStream.range(0, 50)
                .forEach(i -> seen.put(new CoveragePoint(LIBRARY, true, "shop:mark" + i), Observation.exactly(0)));
        Map<CoveragePoint, Observation> again =
                Map.of(new CoveragePoint(SHOP, false, "function_007</script><b>"), Observation.exactly(5));
        Path file = folder.resolve("coverage.html");
        Files.writeString(
                file,
                CoveragePage.write(new CoverageData(List.of())
                        .with(List.of(test("placesOrders()", 1, seen), test("rejects()", 2, again)))));
        browser = new Browser(folder);
        page = browser.open(file);
        page.await("document.getElementById('shown') !== null && document.readyState", "complete");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private String shown() {
        return page.text("document.getElementById('shown').textContent");
    }

    private double rows() {
        return page.number("document.getElementById('points').tBodies[0].rows.length");
    }

    private String focus() {
        return page.text("document.activeElement.id");
    }

    @Test
    void what_never_fired_is_first_and_few_rows_are_drawn() {
        assertThat(page.text("document.getElementById('summary').textContent"))
                .startsWith("100 of 700 points fired (14.2 %), 600 never fired; 2 tests, from ");
        assertThat(shown()).isEqualTo("The first 500 of 700 points; write more of the name to see the others.");
        assertThat(rows()).isEqualTo(500);
        assertThat(page.text("document.getElementById('points').tBodies[0].rows[0].innerText"))
                .startsWith("never fired\tfunction_100</script><b>\tfunction\t0");
        assertThat(page.text("document.getElementById('left').tBodies[0].rows[0].innerText"))
                .isEqualTo("memcpy\tshop, /usr/lib/libshop.so\tit is chosen at run time");
    }

    /** The keys alone: to the search, a name, to the state, one of its options. */
    @Test
    void points_are_found_with_the_keyboard() {
        page.press("Tab");
        assertThat(focus()).isEqualTo("text");
        page.type("_00");
        assertThat(shown()).isEqualTo("10 points.");
        assertThat(rows()).isEqualTo(10);

        page.press("Tab");
        assertThat(focus()).isEqualTo("state");
        page.press("n");
        assertThat(page.text("document.getElementById('state').value")).isEqualTo("never");
        assertThat(shown()).isEqualTo("0 points.");
        page.press("ArrowDown");
        page.press("ArrowDown");
        assertThat(page.text("document.getElementById('state').value")).isEqualTo("fired");
        assertThat(shown()).isEqualTo("10 points.");
    }

    @Test
    void points_are_found_by_their_test_and_by_their_file() {
        page.value("document.getElementById('text').focus()");
        page.type("REJECTS");
        assertThat(shown()).isEqualTo("1 point.");
        assertThat(page.text("document.getElementById('points').tBodies[0].rows[0].innerText"))
                .isEqualTo(
                        "fired\tfunction_007</script><b>\tfunction\t13\tShopTest.placesOrders(): 8; ShopTest.rejects(): 5");

        page.value("document.getElementById('text').select()");
        page.type("mark");
        page.value("const file = document.getElementById('file'); file.focus(); null");
        page.press("s");
        assertThat(page.text("document.getElementById('file').selectedOptions[0].text"))
                .isEqualTo("shop, /opt/shop");
        assertThat(shown()).isEqualTo("0 points.");
        page.press("ArrowDown");
        assertThat(shown()).isEqualTo("50 points.");
    }

    @Test
    void it_is_light_or_dark_as_the_system_is() throws IOException {
        page.prefer("light");
        int light = contrast();
        page.prefer("dark");
        int dark = contrast();

        assertThat(light).isGreaterThan(300);
        assertThat(dark).isLessThan(-300);
    }

    /** From the text to the margin of the page, and from what never fired to it: positive if the page is the lighter one. */
    private int contrast() throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(page.picture()));
        int margin = brightness(new Color(picture.getRGB(3, 3)));
        int text = brightness(color("document.body"));
        int never = brightness(color("document.querySelector('td.never')"));
        assertThat(Math.abs(margin - never)).isGreaterThan(200);
        return margin - text;
    }

    private Color color(String element) {
        String[] parts = page.text("getComputedStyle(%s).color".formatted(element))
                .replaceAll("[^0-9,]", "")
                .split(",");
        return new Color(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static int brightness(Color color) {
        return color.getRed() + color.getGreen() + color.getBlue();
    }
}
