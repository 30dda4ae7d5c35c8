package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of functions, marks and binaries as annotations give them. */
class NamesTest {

    private static final BinarySelector ANY = new BinarySelector.TargetDefault();

    @ParameterizedTest
    @CsvSource({
        "sort, sort, true",
        "sort, sort_it, false",
        "s.rt, sort, false",
        "sort_*, sort_, true",
        "sort_*, sort_it, true",
        "sort_*, resort_it, false",
        "*sort*, resort_it, true",
        "so?t, sort, true",
        "so?t, sot, false",
        "sort_[abc], sort_b, true",
        "sort_[abc], sort_d, false",
        "sort_[a-c], sort_b, true",
        "sort_[a-c], sort_-, false",
        "sort_[!a-c], sort_b, false",
        "sort_[!a-c], sort_d, true",
        "sort_[a-], sort_-, true",
        "sort_[-a], sort_-, true",
        "sort_[]a], sort_], true",
        "sort_[!]a], sort_], false",
        "sort_[!]a], sort_b, true",
        "sort_[^a], sort_^, true",
        "sort_[^a], sort_b, false",
        "[&&a]x, &x, true",
        "a.b*, axb, false",
        "f(*), f(int), true",
        "*\\E.*, x, false"
    })
    void a_glob_stands_for_whole_names(String glob, String name, boolean matches) {
        assertThat(new NamePattern(glob).matches(name)).isEqualTo(matches);
        assertThat(new NamePattern(glob).toRegex().matcher(name).matches()).isEqualTo(matches);
    }

    @Property
    void a_name_without_wildcards_matches_itself_alone(
            @ForAll @AlphaChars @Chars({'_', '.', '$', '\\', '^', '(', '|', 'ü'}) @StringLength(min = 1, max = 8)
                    String name,
            @ForAll @AlphaChars @StringLength(min = 1, max = 8) String other) {
        NamePattern pattern = new NamePattern(name);

        assertThat(pattern.isGlob()).isFalse();
        assertThat(pattern.matches(name)).isTrue();
        assertThat(pattern.matches(other)).isEqualTo(name.equals(other));
        assertThat(new NamePattern(name + "*").matches(name + other)).isTrue();
        assertThat(new NamePattern("?" + name).matches(name)).isFalse();
    }

    @Property
    void no_text_makes_it_throw_anything_but_a_refusal(@ForAll @StringLength(max = 12) String text) {
        try {
            new NamePattern(text).matches("x");
            new NamePattern("[" + text + "]").matches("x");
        } catch (PlanException refused) {
            assertThat(refused).hasMessageMatching("(?s).*(name|glob|range).*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The name is empty (PU0204); give the name of a function or a mark",
                "'a  b' | The name 'a  b' begins or ends with white space, or holds a control character or two blanks in a row",
                "' a' | The name ' a' begins or ends with white space",
                "sort_[ab | The glob 'sort_[ab' opens a set with '[' and does not close it",
                "[!] | opens a set with '[' and does not close it",
                "[] | opens a set with '[' and does not close it",
                "[z-a] | The range 'z-a' in the glob set [z-a] runs backwards (PU0208); write 'a-z'."
            })
    void what_is_no_name_is_refused(String text, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> new NamePattern(text))
                .withMessageContaining(message);
    }

    @Test
    void control_characters_do_not_reach_the_message() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> new NamePattern("a\u001b[31mb"))
                .withMessageContaining("'a\ufffd[31mb'");
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> new NamePattern("x".repeat(1025)))
                .withMessage(
                        "The name is 1025 characters long; at most 1024 are allowed (PU0205). Give the name of one symbol, or a glob that matches it.");
    }

    @ParameterizedTest
    @CsvSource({
        "shop:order__placed, shop, order__placed",
        "order__placed, , order__placed",
        "postgresql:query-start, postgresql, query__start",
        "query-start-now, , query__start__now",
        "query--start, , query--start",
        "-x-, , -x-",
        "shop:order_*, shop, order_*",
        "*:order-*, *, order__*",
        "shop:[a-c]-d, shop, [a-c]-d",
        "my-app:start, my-app, start"
    })
    void marks(String text, String provider, String name) {
        MarkSpec mark = MarkSpec.parse(text, ANY, Optional.empty());

        assertThat(mark.provider().map(NamePattern::text)).isEqualTo(Optional.ofNullable(provider));
        assertThat(mark.name().text()).isEqualTo(name);
        assertThat(mark.describe()).isEqualTo("mark " + (provider == null ? "" : provider + ":") + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {":placed", "shop:", "shop:order:placed", ":"})
    void what_is_no_mark_is_refused(String text) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> MarkSpec.parse(text, ANY, Optional.empty()))
                .withMessageStartingWith(
                        "The mark \"" + text + "\" is not understood (PU0209); write \"provider:name\"");
    }

    @Test
    void binaries() {
        assertThat(BinarySelector.parse("")).isEqualTo(ANY);
        assertThat(BinarySelector.parse("/usr/bin/shop")).isEqualTo(new BinarySelector.AbsolutePath("/usr/bin/shop"));
        assertThat(BinarySelector.parse("libc.so.6")).isEqualTo(new BinarySelector.FileName("libc.so.6"));
        assertThat(BinarySelector.parse("my app")).isEqualTo(new BinarySelector.FileName("my app"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bin/shop | binary = \"bin/shop\" is a relative path; give an absolute path in the container",
                "./shop | is a relative path",
                "/usr/bin/ | binary = \"/usr/bin/\" names a folder; name a file (PU0211).",
                "/ | names a folder"
            })
    void what_is_no_binary_is_refused(String text, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> BinarySelector.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void a_binary_with_a_newline_is_refused_without_repeating_it() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> BinarySelector.parse("/a\nb"))
                .withMessage(
                        "binary = \"/a\ufffdb\" holds a control character, such as a line break or a tab, which is shown as \ufffd here (PU0210); take it out.");
    }
}
