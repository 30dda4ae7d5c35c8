package io.probeunit.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {

    /** Another reader than ours finds what was written, also after a way through UTF-8. */
    @Property
    void any_text_comes_back(@ForAll String key, @ForAll String value) {
        byte[] bytes = Json.document(Map.of(key, List.of(value))).getBytes(StandardCharsets.UTF_8);

        assertThat(JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
                        .getAsJsonObject()
                        .get(key)
                        .getAsJsonArray()
                        .get(0)
                        .getAsString())
                .isEqualTo(value);
    }

    @Property
    void any_number_comes_back(@ForAll long number) {
        assertThat(JsonParser.parseString(Json.of(number)).getAsLong()).isEqualTo(number);
    }

    @Test
    void has_a_line_for_each_item_of_the_outermost_object_and_of_lists_in_it() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("number", 1);
        root.put("nothing", Optional.empty());
        root.put("something", Optional.of(true));
        root.put("object", Map.of("list", List.of(1, "two")));
        root.put("list", List.of(Map.of("a", 1L), List.of()));
        root.put("empty", List.of());

        assertThat(Json.document(root)).isEqualTo("""
                {
                  "number": 1,
                  "nothing": null,
                  "something": true,
                  "object": {"list": [1, "two"]},
                  "list": [
                    {"a": 1},
                    []
                  ],
                  "empty": []
                }
                """);
    }

    @Test
    void what_would_break_out_of_its_quotes_or_its_line_is_escaped() {
        assertThat(Json.of("\"\\\n\r\t\0\u001b\u0085\ud800x"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u0085\\ud800x\"");
    }

    @Test
    void other_types_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(Double.NaN))
                .withMessageContaining("Double");
    }
}
