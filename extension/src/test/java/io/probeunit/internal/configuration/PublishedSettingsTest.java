package io.probeunit.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import io.probeunit.MadeFile;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published of settings is made from the table. */
class PublishedSettingsTest {

    private static final List<Setting> SETTINGS = KnownSettings.TABLE.settings();

    private static final String ROW = "| `" + Setting.PREFIX;

    @Test
    void the_page_has_the_table() throws IOException {
        Path page = Path.of("../docs/settings.md");
        List<String> lines = new ArrayList<>(Files.readAllLines(page));
        List<String> rows = lines.stream().filter(line -> line.startsWith(ROW)).toList();
        int first = lines.indexOf(rows.get(0));
        lines.removeAll(rows);
        lines.addAll(
                first,
                SETTINGS.stream()
                        .map(PublishedSettingsTest::row)
                        .map(row -> rows.stream()
                                .filter(known -> withoutLinks(known).equals(row))
                                .findFirst()
                                .orElse(row))
                        .toList());

        new MadeFile(page).mustBe(lines);
    }

    private static String row(Setting setting) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        setting.key(),
                        setting.attribute().map(PublishedSettingsTest::code).orElse(""),
                        setting.values() instanceof Values.Choice choice
                                ? choice.allowed().stream()
                                        .map(PublishedSettingsTest::code)
                                        .collect(Collectors.joining(", "))
                                : setting.values().text(),
                        setting.byDefault().map(PublishedSettingsTest::code).orElse("not set"),
                        setting.meaning());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** Links and code marks in the last column are added by hand. */
    private static String withoutLinks(String row) {
        int meaning = row.lastIndexOf(" | ");
        return row.substring(0, meaning)
                + row.substring(meaning)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .replace("`", "");
    }

    @Test
    void the_attributes_are_those_of_the_annotation() {
        assertThat(SETTINGS.stream().flatMap(setting -> setting.attribute().stream()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ProbeSettings.class.getDeclaredMethods())
                        .map(Method::getName)
                        .toList());
    }

    /**
     * JUnit 6.2 names the file and says that it has the format of Spring Boot's configuration metadata
     * (docs.junit.org, "Documenting Configuration Parameters"; docs.spring.io, "Metadata Format").
     */
    @Test
    void the_file_for_ides_has_the_table() throws IOException {
        Map<String, Object> metadata = inOrder(
                "properties",
                SETTINGS.stream().map(PublishedSettingsTest::property).toList(),
                "hints",
                SETTINGS.stream()
                        .filter(setting -> setting.values() instanceof Values.Choice)
                        .map(PublishedSettingsTest::hint)
                        .toList());
        String expected = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(metadata);

        new MadeFile(Path.of("src/main/resources/META-INF/junit-platform-configuration-metadata.json"))
                .mustBe(expected.lines().toList());
    }

    private static Map<String, Object> property(Setting setting) {
        Map<String, Object> property = inOrder(
                "name", setting.key(), "type", type(setting.values()).getName(), "description", setting.meaning());
        setting.byDefault()
                .<Object>map(text -> setting.values() instanceof Values.Range ? Integer.valueOf(text) : text)
                .ifPresent(value -> property.put("defaultValue", value));
        return property;
    }

    /** The annotation's enums have a constant that is no value of a parameter, so a choice is a text with hints. */
    private static Class<?> type(Values values) {
        if (values instanceof Values.Range) {
            return Integer.class;
        }
        return values instanceof Values.Time ? Duration.class : String.class;
    }

    private static Map<String, Object> hint(Setting setting) {
        return inOrder(
                "name",
                setting.key(),
                "values",
                ((Values.Choice) setting.values())
                        .allowed().stream()
                                .map(value -> inOrder("value", value))
                                .toList());
    }

    private static Map<String, Object> inOrder(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
