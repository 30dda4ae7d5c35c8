package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.MarkSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarkLookupTest {

    private static final BinaryFile FILE = file("pg:query__start", "pg:query__done", "pg:sort", "db:sort", "db:open");

    private static BinaryFile file(String... marks) {
        MarkSite site = new MarkSite(16, 16, Optional.empty(), List.of());
        List<Mark> all = Stream.of(marks)
                .map(mark -> mark.split(":"))
                .map(parts -> new Mark(parts[0], parts[1], List.of(site, site)))
                .toList();
        return new BinaryFile(
                "/usr/bin/shop",
                Architecture.X86_64,
                true,
                Optional.empty(),
                false,
                List.of(new FunctionSymbol("reserve_stock.isra.0", 16, 16, 4)),
                List.of(),
                all,
                Imports.NONE,
                List.of("One note was malformed."));
    }

    private static MarkLookup find(BinaryFile file, String text) {
        return file.marks(MarkSpec.parse(text, BinarySelector.parse(""), Optional.empty()));
    }

    private static List<String> names(String text) {
        assertThat(find(FILE, text)).isInstanceOf(MarkLookup.Found.class);
        return ((MarkLookup.Found) find(FILE, text))
                .marks().stream().map(Mark::qualifiedName).toList();
    }

    private static MarkLookup.NotFound notFound(BinaryFile file, String text) {
        assertThat(find(file, text)).isInstanceOf(MarkLookup.NotFound.class);
        return (MarkLookup.NotFound) find(file, text);
    }

    @Test
    void a_name_needs_no_provider_if_one_has_it() {
        assertThat(names("open")).containsExactly("db:open");
        assertThat(names("query-start")).containsExactly("pg:query__start");
    }

    @Test
    void a_provider_decides_between_two() {
        assertThat(names("db:sort")).containsExactly("db:sort");
    }

    @Test
    void a_name_of_two_providers_is_ambiguous() {
        assertThat(find(FILE, "sort")).isInstanceOfSatisfying(MarkLookup.Ambiguous.class, ambiguous -> {
            assertThat(ambiguous.candidates()).containsExactly("pg:sort", "db:sort");
            assertThat(ambiguous.message()).contains("sort", "pg:sort, db:sort", "/usr/bin/shop");
        });
    }

    @Test
    void a_glob_means_all_that_match() {
        assertThat(names("query__*")).containsExactly("pg:query__start", "pg:query__done");
        assertThat(names("s*")).containsExactly("pg:sort", "db:sort");
        assertThat(names("*:sort")).containsExactly("pg:sort", "db:sort");
        assertThat(names("db:*")).containsExactly("db:sort", "db:open");
    }

    @Test
    void sites_count_against_the_limit() {
        MarkSpec all = MarkSpec.parse("*", BinarySelector.parse(""), Optional.empty());

        assertThat(FILE.marks(all.provider(), all.name(), 10)).isInstanceOf(MarkLookup.Found.class);
        assertThat(FILE.marks(all.provider(), all.name(), 9)).isInstanceOfSatisfying(MarkLookup.TooMany.class, many -> {
            assertThat(many.count()).isEqualTo(10);
            assertThat(many.message()).contains("5 marks", "10 sites", "limit of 9");
        });
    }

    @Test
    void nothing_names_what_is_near_and_what_there_is() {
        MarkLookup.NotFound lookup = notFound(FILE, "pg:query_start");

        assertThat(lookup.nearest()).containsExactly("pg:query__start");
        assertThat(lookup.message())
                .contains(
                        "pg:query_start",
                        "/usr/bin/shop",
                        "Nearest: pg:query__start.",
                        "Provider pg has pg:query__start, pg:query__done, pg:sort.",
                        "One note was malformed.");
    }

    @Test
    void nothing_is_near_a_short_name_because_of_its_provider_alone() {
        assertThat(notFound(file("postgresql:sort", "postgresql:so"), "postgresql:xy")
                        .nearest())
                .isEmpty();
    }

    @Test
    void near_are_marks_of_every_provider_where_none_or_a_wrong_one_is_given() {
        assertThat(notFound(FILE, "srot").nearest()).containsExactlyInAnyOrder("pg:sort", "db:sort");
        assertThat(notFound(FILE, "mysql:query__start").nearest()).containsExactly("pg:query__start");
    }

    @Test
    void a_function_of_that_name_is_told() {
        assertThat(notFound(FILE, "reserve_stock").message())
                .contains("There is a function of that name: use @ExpectFunction or @ProbeFunction");
        assertThat(notFound(file(), "reserve_stock").message()).contains("There is a function of that name");
        assertThat(notFound(FILE, "pg:reserve_stock").message()).doesNotContain("There is a function");
    }

    @Test
    void few_marks_are_listed() {
        assertThat(notFound(FILE, "xyzzy").message())
                .contains("It has pg:query__start, pg:query__done, pg:sort, db:sort, db:open.");
        assertThat(notFound(FILE, "db:xyzzy").message()).contains("Provider db has db:sort, db:open.");
        String[] many = IntStream.range(0, 21).mapToObj(i -> "pg:m" + i).toArray(String[]::new);
        assertThat(notFound(file(many), "xyzzy").message()).contains("It has 21 marks of provider pg.");
    }

    @Test
    void marks_of_an_old_format_are_told_from_none() {
        BinaryFile file = BinaryReader.read(
                FileContent.of(new ElfBuilder()
                        .section(".probes", ElfBuilder.SHT_PROGBITS, 3, new byte[24])
                        .build()),
                "/usr/bin/old");

        assertThat(notFound(file, "sort").message())
                .contains("/usr/bin/old has marks of an old format", ".probes", "SystemTap 1.4")
                .doesNotContain("carries no marks");
    }

    @Test
    void notes_that_a_tool_removed_are_told_from_marks_that_never_were() {
        BinaryFile file = BinaryReader.read(
                FileContent.of(new ElfBuilder()
                        .section(".stapsdt.base", ElfBuilder.SHT_PROGBITS, 2, new byte[1])
                        .build()),
                "/usr/bin/shop");

        assertThat(notFound(file, "sort").message())
                .contains("carries no marks", "/usr/bin/shop was built with marks", "llvm-strip --strip-unneeded");
    }

    @Test
    void a_file_without_marks_says_so() {
        assertThat(notFound(file(), "sort").message())
                .contains("carries no marks", ".note.stapsdt")
                .doesNotContain("was built with marks");
    }

    @Test
    void a_mark_is_guarded_if_one_of_its_sites_is() {
        MarkSite plain = new MarkSite(16, 16, Optional.empty(), List.of());
        MarkSite guarded = new MarkSite(32, 32, Optional.of(new Semaphore(64, 64)), List.of());

        assertThat(new Mark("p", "n", List.of(plain, guarded)).guarded()).isTrue();
        assertThat(new Mark("p", "n", List.of(plain)).guarded()).isFalse();
    }
}
