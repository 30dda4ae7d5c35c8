package io.probeunit.examples.shop;

import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Engine;
import io.probeunit.annotations.ProbeSettings.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/settings.md} and {@code docs/junit.md} show: settings of a class, and of a test in it. */
@Testcontainers
@ProbeSettings(engine = Engine.UPROBE)
class SettingsTest {

    @Container
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @BeforeEach
    void orderBefore() {
        order(41);
    }

    @Test
    @ExpectMark(value = "shop:order__placed", times = 1)
    void countsTheTestMethodAlone() {
        order(42);
    }

    @Test
    @ProbeSettings(window = Window.LIFECYCLE)
    @ExpectMark(value = "shop:order__placed", times = 2)
    void countsWhatComesBeforeItToo() {
        order(42);
    }

    private static void order(int id) {
        assertThat(new Shop(shop).order(id, "ann", 3)).isEqualTo("PLACED " + id);
    }
}
