package io.probeunit.examples.shop;

import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Engine;
import io.probeunit.annotations.ProbeSettings.Host;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/where-to-run.md} shows: probes from inside the target, which is privileged. */
@Testcontainers
@ProbeSettings(engine = Engine.UPROBE, host = Host.CONTAINER)
class InsideTest {

    @Container
    static final GenericContainer<?> shop =
            new GenericContainer<>(shopImage()).withPrivilegedMode(true).withExposedPorts(8080);

    @Test
    @ExpectFunction(value = "reserve_stock", times = 1)
    void reservesOnce() {
        assertThat(new Shop(shop).order(42, "ann", 3)).isEqualTo("PLACED 42");
    }
}
