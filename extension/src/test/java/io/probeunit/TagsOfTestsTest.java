package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds that a tag that is misspelt loses no test: the table in CONTRIBUTING.md, the tests of {@code conformance}, and the
 * executions in its {@code pom.xml} name the same tags.
 */
class TagsOfTestsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| the test ");
    private static final Pattern GROUPS = Pattern.compile("<(?:excludedG|g)roups>([^<]*)</");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]*)}");

    /** In place of a tag, in a profile that leaves no test out. */
    private static final String NO_TAG = "none";

    private final List<String> listed =
            firstGroups(ROW, Files.readString(Path.of("../CONTRIBUTING.md"))).toList();
    private final String build = Files.readString(Path.of("../conformance/pom.xml"));

    TagsOfTestsTest() throws IOException {}

    @Test
    void tests_have_the_tags_that_are_listed() throws IOException {
        assertThat(TestClass.all().stream()
                        .filter(one -> one.module().equals("conformance"))
                        .flatMap(one -> one.tags().stream())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        listed.stream().map("\"%s\""::formatted).toList());
    }

    @Test
    void executions_choose_by_the_tags_that_are_listed() {
        assertThat(firstGroups(GROUPS, build)
                        .flatMap(this::tags)
                        .filter(tag -> !tag.equals(NO_TAG))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    /** With whatever a property may be, by default or in a profile. */
    private Stream<String> tags(String groups) {
        return Stream.of(groups.split(",")).flatMap(group -> {
            Matcher property = PROPERTY.matcher(group);
            return property.matches()
                    ? firstGroups(Pattern.compile("<%1$s>([^<]*)</%1$s>".formatted(property.group(1))), build)
                            .flatMap(this::tags)
                    : Stream.of(group);
        });
    }

    private static Stream<String> firstGroups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }
}
