package io.probeunit.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.recording.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageReportTest {

    private static final CoveragePoint.File SHOP = new CoveragePoint.File("shop", "/bin/shop");
    private static final CoveragePoint PLACED = new CoveragePoint(SHOP, true, "shop:placed");
    private static final CoveragePoint REJECTED = new CoveragePoint(SHOP, true, "shop:rejected");
    private static final CoveragePoint ADD = new CoveragePoint(SHOP, false, "Cart::add(int, <\t\\n>)");

    @TempDir
    Path folder;

    private static TestCoverage test(String name, long ended, String build, Map<CoveragePoint, Observation> seen) {
        return new TestCoverage(
                new TestCoverage.Test("[id:" + name + "]", "a.ShopTest$Inner", name + "()"),
                ended,
                Optional.empty(),
                seen,
                Map.of(SHOP, build),
                Map.of(new CoveragePoint(SHOP, false, "memcpy"), "it is chosen at run time"));
    }

    private static Map<CoveragePoint, Observation> seen(long placed, long rejected, long add) {
        Map<CoveragePoint, Observation> seen = new LinkedHashMap<>();
        seen.put(PLACED, Observation.exactly(placed));
        seen.put(REJECTED, Observation.exactly(rejected));
        seen.put(ADD, Observation.exactly(add));
        return seen;
    }

    private static CoverageData data(TestCoverage... tests) {
        return new CoverageData(List.of()).with(List.of(tests));
    }

    @Test
    void what_never_fired_comes_first_and_each_test_has_its_count() {
        List<CoverageData.Row> rows = data(test("one", 1, "b", seen(2, 0, 0)), test("two", 2, "b", seen(3, 0, 1)))
                .rows();

        assertThat(rows)
                .extracting(row -> row.point().name() + " " + row.hits().text() + " "
                        + row.tests().keySet())
                .containsExactly("shop:rejected 0 []", "shop:placed 5 [0, 1]", ADD.name() + " 1 [1]");
    }

    @Test
    void what_is_not_known_comes_behind_what_never_fired() {
        Map<CoveragePoint, Observation> doubted = seen(0, 0, 1);
        doubted.put(PLACED, Observation.unfiltered(0, 0, List.of(Doubt.missed("it restarted"))));

        assertThat(data(test("one", 1, "b", doubted)).rows())
                .extracting(row -> row.point().name() + ": " + row.state() + ", "
                        + row.hits().text())
                .containsExactly(
                        "shop:rejected: never, 0", "shop:placed: unknown, at least 0", ADD.name() + ": fired, 1");
    }

    @Test
    void a_test_that_runs_again_replaces_what_it_was() {
        CoverageData again = data(test("one", 1, "b", seen(2, 1, 0)), test("two", 2, "b", seen(1, 0, 0)))
                .with(List.of(test("one", 3, "b", seen(7, 0, 0))));

        assertThat(again.tests()).extracting(test -> test.test().name()).containsExactly("two()", "one()");
        assertThat(again.rows().get(0).hits()).isEqualTo(CoverageData.Hits.NONE);
        assertThat(again.rows()).extracting(row -> row.hits().text()).containsExactly("0", "0", "8");
    }

    @Test
    void counts_of_another_build_are_dropped() {
        CoverageData rebuilt =
                data(test("one", 1, "old", seen(2, 1, 1))).with(List.of(test("two", 2, "new", seen(0, 0, 1))));

        assertThat(rebuilt.rows()).extracting(row -> row.hits().text()).containsExactly("0", "0", "1");
    }

    @Test
    void the_next_run_reads_what_this_one_wrote() {
        CoverageData data = data(test("one", 1, "b", seen(2, 0, 5)), test("tab\tand\\line\n", 2, "b", seen(0, 0, 0)));

        assertThat(CoverageText.read(CoverageText.write(data))).contains(data);
        assertThat(CoverageText.read("something else\n")).isEmpty();
        assertThat(CoverageText.read(CoverageText.write(data).replace("mark\tshop:placed\t2", "mark\tshop:placed\tx")))
                .isEmpty();
    }

    @Test
    void runs_add_to_the_folder() throws IOException {
        CoverageFolder report = new CoverageFolder(folder.resolve("new/report"));
        report.add(List.of(test("one", 1, "b", seen(2, 0, 0))));
        Path page = report.add(List.of(test("two", 2, "b", seen(0, 0, 1))));

        assertThat(page).isEqualTo(folder.resolve("new/report/coverage.html"));
        assertThat(Files.readString(folder.resolve("new/report/coverage.json")))
                .contains("\"points\": 3", "\"fired\": 2", "\"never\": 1")
                .contains(
                        "{\"name\": \"shop:rejected\", \"kind\": \"mark\", \"file\": 0, \"state\": \"never\", \"count\": 0, \"exact\": true, \"tests\": []}")
                .contains(
                        "{\"name\": \"memcpy\", \"kind\": \"function\", \"file\": 0, \"reason\": \"it is chosen at run time\"}");
        assertThat(folder.resolve("new/report/coverage.lcov")).hasContent("""
                TN:
                SF:shop/bin/shop
                FN:1,shop:placed
                FN:2,shop:rejected
                FN:3,Cart::add(int, <?\\n>)
                FNDA:2,shop:placed
                FNDA:0,shop:rejected
                FNDA:1,Cart::add(int, <?\\n>)
                FNF:3
                FNH:2
                DA:1,2
                DA:2,0
                DA:3,1
                LF:3
                LH:2
                end_of_record
                """);
    }

    @Test
    void no_name_ends_the_script_of_the_page() {
        Map<CoveragePoint, Observation> seen =
                Map.of(new CoveragePoint(SHOP, false, "</script><b>"), Observation.exactly(0));

        assertThat(CoveragePage.write(data(test("one", 1, "b", seen))))
                .contains("\\u003c/script\\u003e\\u003cb\\u003e")
                .doesNotContain("</script><b>")
                .doesNotContain("http:", "https:", "/*DATA*/");
    }

    @Test
    void a_damaged_file_is_begun_anew() throws IOException {
        Files.writeString(folder.resolve("coverage.tsv"), "probeunit-coverage\t1\ntest\tx\n");

        new CoverageFolder(folder).add(List.of(test("one", 1, "b", seen(1, 1, 1))));

        assertThat(CoverageText.read(Files.readString(folder.resolve("coverage.tsv")))
                        .orElseThrow()
                        .tests())
                .hasSize(1);
    }
}
