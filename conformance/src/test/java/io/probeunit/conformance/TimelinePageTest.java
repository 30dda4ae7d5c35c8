package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.Browser;
import io.probeunit.internal.timeline.ClassTimeline;
import io.probeunit.internal.timeline.SeenTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a browser draws of a timeline, and what it does with keys and the mouse. */
@Tag("once")
@Timeout(120)
class TimelinePageTest {

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser(folder);
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    private static Browser.Page open(ClassTimeline timeline) throws IOException, InterruptedException {
        Path file = Files.createTempDirectory(folder, "page").resolve("timeline.html");
        timeline.write(file, true);
        return open(file);
    }

    private static Browser.Page open(Path file) throws IOException, InterruptedException {
        Browser.Page page = browser.open(file);
        page.prefer("light");
        page.await("canvas.dataset.windows !== undefined && document.documentElement.dataset.look", "light");
        return page;
    }

    private static double[] place(Browser.Page page, int firing) {
        page.value("var lane = lanes.findIndex(one => one.level === 2 && one.list.includes(%d))".formatted(firing));
        return new double[] {
            page.number("canvas.getBoundingClientRect().left + px(at[%d])".formatted(firing)),
            page.number("canvas.getBoundingClientRect().top + TOP + lane * LANE - view.scrollTop + LANE / 2")
        };
    }

    /** The colour of a pixel of the canvas, as CSS has it. */
    private static String pixel(Browser.Page page, double[] place) {
        return page.text("""
                (() => { const box = canvas.getBoundingClientRect(), ratio = devicePixelRatio;
                const c = pen.getImageData((%s - box.left) * ratio, (%s - box.top) * ratio, 1, 1).data;
                return '#' + [c[0], c[1], c[2]].map(n => n.toString(16).padStart(2, '0')).join(''); })()""".formatted(place[0], place[1]));
    }

    /** What the page says of its picture, after all that was asked for has been drawn. */
    private static String await(Browser.Page page, String name) {
        return page.value(
                        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(canvas.dataset.%s))))"
                                .formatted(name))
                .getAsString();
    }

    @Test
    void each_firing_is_drawn_with_its_values() throws Exception {
        Browser.Page page = open(SeenTests.few());
        page.press("0");

        // each in its container, its process and its point
        assertThat(await(page, "singles")).isEqualTo("45");
        assertThat(await(page, "windows")).isEqualTo("3");
        assertThat(page.number("canvas.dataset.labels")).isPositive();
        assertThat(pixel(page, place(page, 3))).isEqualTo(page.text("colors.fire"));
        assertThat(page.text("of('summary').textContent")).isEqualTo("3 tests, 1 unmet, 1 inconclusive, 15 firings");
        assertThat(page.number("performance.getEntriesByType('resource').length"))
                .isZero();
    }

    @Test
    void the_mouse_on_a_firing_shows_what_it_was() throws Exception {
        Browser.Page page = open(SeenTests.few());
        double[] place = place(page, 3);

        page.move(place[0], place[1]);
        page.await("of('tip').hidden", "false");
        assertThat(page.text("of('tip').textContent"))
                .isEqualTo("18.000 ms  shop  4711/4712  shop\nshop:order__placed  arg1=42 arg2=\"ann\"");

        page.click(place[0], place[1]);
        assertThat(page.text("of('details').textContent")).contains("18.000 ms", "CheckoutTest.places()", "arg1=42");
        assertThat(page.text("of('said').textContent"))
                .isEqualTo("shop:order__placed, 18.000 ms, shop, process 4711/4712 shop. arg1=42 arg2=\"ann\"");
        page.move(place[0] + 12, place[1] + 300);
        page.await("of('tip').hidden", "true");
    }

    @Test
    void keys_go_from_firing_to_firing_and_from_test_to_test() throws Exception {
        Browser.Page page = open(SeenTests.few());
        page.press("0");

        page.press("n");
        assertThat(await(page, "picked")).isEqualTo("0");
        page.press("n");
        page.press("n");
        page.press("p");
        assertThat(await(page, "picked")).isEqualTo("1");
        page.press("]");
        assertThat(page.text("of('said').textContent"))
                .isEqualTo("Test survivesARestart(): inconclusive. 1 expectation, 5 firings.");
        page.press("n");
        assertThat(await(page, "picked")).isEqualTo("10");
        page.press("Escape");
        assertThat(await(page, "picked")).isEqualTo("-1");
        page.press("?");
        assertThat(page.text("of('keys').open")).isEqualTo("true");
    }

    @Test
    void the_lane_that_is_chosen_is_that_of_the_next_firing() throws Exception {
        Browser.Page page = open(SeenTests.few());
        page.press("0");
        int lane = (int) page.number("lanes.findIndex(one => one.name === 'shop:order__rejected')");

        for (int i = 0; i <= lane; i++) {
            page.press("ArrowDown");
        }
        page.press("n");

        assertThat(page.text("points[point[%s]].probe".formatted(await(page, "picked"))))
                .isEqualTo("shop:order__rejected");
        assertThat(page.text("of('details').textContent")).contains("Stack", "checkout (/usr/local/bin/shop+0x2345)");
    }

    @Test
    void only_what_is_seen_is_drawn_of_a_hundred_thousand_firings() throws Exception {
        Browser.Page page = open(SeenTests.many(100_000));
        page.press("0");
        await(page, "bars");
        double columns = page.number("Math.ceil((width - GUTTER) / CLOSE + 2) * canvas.dataset.lanes");

        // the first test's one firing is alone in its lanes
        assertThat(page.number("canvas.dataset.singles")).isLessThan(100);
        assertThat(page.number("canvas.dataset.barred")).isGreaterThan(290_000);
        assertThat(page.number("canvas.dataset.bars")).isBetween(1_000.0, columns);
        // on a slow machine too
        assertThat(
                        page.number(
                                "(() => { const t = performance.now(); for (let i = 0; i < 10; i++) draw(); return (performance.now() - t) / 10; })()"))
                .as("milliseconds to draw all")
                .isLessThan(200);
        double before = page.number("to - from");
        for (int i = 0; i < 14; i++) {
            page.press("+");
        }
        await(page, "bars");

        assertThat(page.number("to - from")).isLessThan(before / 500);
        double seen = page.number("at.filter(t => t >= from && t <= to).length");
        assertThat(seen).isBetween(10.0, 1_000.0);
        assertThat(page.number("canvas.dataset.singles")).isBetween(seen * 2, seen * 3 + 100);
        assertThat(page.number("canvas.dataset.labels")).isPositive();
    }

    @Test
    void a_filter_leaves_the_firings_that_have_all_its_words() throws Exception {
        Browser.Page page = open(SeenTests.many(100_000));

        page.press("/");
        page.type("thousand WORKER-0");
        page.await("canvas.dataset.matching", "100");
        page.press("Escape");
        page.press("0");

        assertThat(page.text("lanes.map(one => one.name)")).isEqualTo("shop,100 worker-0,point_0");
        page.press("n");
        assertThat(page.text("of('details').textContent")).contains("\"thousand\"", "worker-0");
    }

    @Test
    void it_is_dark_where_the_system_is_and_where_that_is_chosen() throws Exception {
        Browser.Page page = open(SeenTests.few());
        double[] empty = {page.number("width - 4"), page.number("canvas.getBoundingClientRect().bottom - 4")};
        assertThat(pixel(page, empty)).isEqualTo("#fbfbfc");

        page.prefer("dark");
        page.await("document.documentElement.dataset.look", "dark");
        await(page, "windows");
        assertThat(pixel(page, empty)).isEqualTo("#15181c");

        page.press("t");
        await(page, "windows");
        assertThat(pixel(page, empty)).isEqualTo("#fbfbfc");
    }

    @Test
    void what_is_in_doubt_and_what_is_dropped_is_said() throws Exception {
        Browser.Page page = open(SeenTests.few());

        assertThat(page.text("of('notice').textContent"))
                .isEqualTo("The details of 2,000 firings were dropped; these are counted, and cannot be drawn.");
        page.press("]");
        assertThat(page.text("of('details').textContent"))
                .contains(
                        "inconclusive",
                        "the details of 2,000 firings",
                        "container shop was started again",
                        "at least 2,005 times");
    }

    @Test
    void the_firings_in_view_are_a_table_too() throws Exception {
        Browser.Page page = open(SeenTests.few());
        page.press("0");
        await(page, "windows");

        page.value("of('list').open = true");
        page.await("of('rows').children.length", "15");

        assertThat(page.text("of('rows').children[3].textContent"))
                .isEqualTo("CheckoutTest.places()18.000 msshop4711/4712shopshop:order__placedarg1=42 arg2=\"ann\"");
    }

    /** Text from containers stays text. */
    @Test
    void odd_text_is_shown_as_it_is() throws Exception {
        Browser.Page page = open(SeenTests.odd());

        assertThat(page.text("document.getElementById('odd')")).isEqualTo("null");
        // what turns text around is written out
        String shown = SeenTests.ODD
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029")
                .replace("\u202e", "\\u202e");
        assertThat(page.text("lanes[1].name")).isEqualTo(shown);
        page.press("n");
        assertThat(page.text("of('details').querySelector('h2').textContent")).isEqualTo(shown);
    }
}
