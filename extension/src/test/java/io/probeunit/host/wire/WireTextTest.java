package io.probeunit.host.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTextTest {

    enum Size {
        SMALL,
        LARGE
    }

    sealed interface Shape {
        record Dot() implements Shape {}

        record Box(Size size, Optional<Shape> inside) implements Shape {}

        sealed interface Round extends Shape {
            record Ball(long radius) implements Round {}
        }
    }

    record Everything(
            String text,
            int number,
            long large,
            boolean flag,
            OptionalInt maybe,
            Optional<String> word,
            List<Shape> shapes,
            Set<Long> numbers,
            Map<String, List<Integer>> map) {}

    private record Hidden(String text) {}

    @Test
    void aValueIsReadAsItWasWritten() {
        Everything value = new Everything(
                "two words\nand a line",
                -1,
                Long.MIN_VALUE,
                true,
                OptionalInt.empty(),
                Optional.of(""),
                List.of(
                        new Shape.Dot(),
                        new Shape.Box(Size.LARGE, Optional.of(new Shape.Round.Ball(7))),
                        new Shape.Box(Size.SMALL, Optional.empty())),
                Set.of(1L, 2L),
                Map.of("a b", List.of(1, 2), "", List.of()));

        String text = WireText.write(value, Everything.class);

        assertThat(text).doesNotContain("\n");
        assertThat(WireText.read(text, Everything.class)).isEqualTo(value);
    }

    @Property
    void anyTextIsOneWord(@ForAll String text) {
        String written = WireText.write(new Hidden(text), Hidden.class);

        assertThat(written).doesNotContain(" ", "\n", "\r");
        // what is no Unicode text cannot be carried as such
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            assertThat(WireText.read(written, Hidden.class)).isEqualTo(new Hidden(text));
        }
    }

    @Property
    void anyBytesAreOneWord(@ForAll byte[] bytes) {
        String written = WireText.write(bytes, byte[].class);

        assertThat(written).doesNotContain(" ", "\n");
        assertThat((byte[]) WireText.read(written, byte[].class)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Circle", "Box", "Box HUGE -", "Dot 1", "String 'x", ""})
    void whatIsNoSuchValueIsRefused(String text) {
        assertThatThrownBy(() -> WireText.read(text, Shape.class)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aTypeThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> WireText.write(new Object(), Object.class)).hasMessageContaining("Object");
    }
}
