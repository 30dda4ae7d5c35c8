package io.probeunit.internal.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTextTest {

    static Marks.Mark mark(String provider, String name, boolean guarded, String... arguments) {
        return new Marks.Mark(provider, name, List.of(List.of(arguments)), guarded);
    }

    private static Marks marks(Marks.Mark... marks) {
        return new Marks("shop", "/bin/shop", List.of(marks), List.of());
    }

    @Test
    void it_has_a_line_for_each_mark_in_the_order_of_names() {
        Marks.Mark two =
                new Marks.Mark("b", "two", List.of(List.of("u64"), List.of("s32", "f64"), List.of("u64")), true);

        assertThat(SnapshotText.write(marks(two, mark("b", "one", false), mark("a", "z", true, "s8"))))
                .isEqualTo("""
                        # The marks of /bin/shop, as @ExpectMarks compares them (ProbeUnit, docs/markers.md).
                        # One mark a line: provider:name(types of its arguments), and "guarded" if it has a semaphore.
                        # To write this file anew: -Dprobeunit.snapshots=update. Then review what has changed.
                        a:z(s8) guarded
                        b:one()
                        b:two(s32, f64) or (u64) guarded
                        """);
    }

    @Property(tries = 200)
    void what_was_written_is_read(@ForAll("marks") List<Marks.Mark> marks) {
        Marks written = new Marks("shop", "/bin/shop", marks, List.of());

        assertThat(SnapshotText.read(SnapshotText.write(written), "s")).isEqualTo(written.list());
    }

    @Provide
    Arbitrary<List<Marks.Mark>> marks() {
        Arbitrary<String> name = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("_.$-\\{}\u00e9")
                .ofMinLength(1);
        Arbitrary<List<List<String>>> arguments = Arbitraries.of(
                        "s8", "s16", "s32", "s64", "u8", "u16", "u32", "u64", "f32", "f64", "u128", "?")
                .list()
                .ofMaxSize(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(name, name, arguments, Arbitraries.of(true, false))
                .as(Marks.Mark::new)
                .list()
                .uniqueElements(Marks.Mark::qualifiedName)
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Test
    void what_a_person_or_a_checkout_changes_without_meaning_does_not_matter() {
        assertThat(SnapshotText.read("\ufeff# mine\r\n\r\n  b:two( s32 ,u64 )   or  ()  guarded \r\na:one()", "s"))
                .containsExactly(
                        new Marks.Mark("b", "two", List.of(List.of(), List.of("s32", "u64")), true),
                        mark("a", "one", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:one | line 3: \"a:one\" is not understood",
                "one() | line 3: \"one()\" is not understood",
                "a:one() guarde | line 3: \"a:one() guarde\" is not understood",
                "a:one(s32) (s64) | is not understood",
                "<<<<<<< HEAD | line 3: \"<<<<<<< HEAD\" is not understood. Write provider:name(types)",
                "a:one(int) | line 3: \"int\" in \"a:one(int)\" is not a type; types are s8",
                "a:one(s32,) | line 3: \"\" in \"a:one(s32,)\" is not a type",
                "z:z(s32) | line 3: the mark z:z is in line 2 already"
            })
    void a_line_that_is_not_understood_is_named(String line, String message) {
        assertThatThrownBy(() -> SnapshotText.read("# x\nz:z()\n" + line + "\n", "shop.txt"))
                .isInstanceOf(ProbeException.class)
                .hasMessageStartingWith("shop.txt, line 3: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"''", "'# nothing'"})
    void one_without_marks_compares_nothing(String text) {
        assertThatThrownBy(() -> SnapshotText.read(text, "shop.txt"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("shop.txt names no mark, so nothing would be compared");
    }
}
