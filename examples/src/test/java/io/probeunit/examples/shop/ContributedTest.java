package io.probeunit.examples.shop;

import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectMark;
import io.probeunit.junit.ProbeExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;

/** What {@code docs/containers.md} shows: a container that is in no field of the test. */
class ContributedTest {

    @RegisterExtension
    static final ProbeExtension probes = ProbeExtension.builder()
            .target("shop", "/usr/local/bin/shop", () -> Shared.shop())
            .build();

    @AfterAll
    static void stop() {
        Shared.shop().stop();
    }

    @Test
    @ExpectMark(value = "shop:order__placed", container = "shop", times = 1)
    void placesTheOrder() {
        assertThat(new Shop(Shared.shop()).order(42, "ann", 3)).isEqualTo("PLACED 42");
    }

    /** As a project has it that starts its containers once, for all of its test classes. */
    static final class Shared {

        private static final GenericContainer<?> SHOP = new GenericContainer<>(shopImage()).withExposedPorts(8080);

        private Shared() {}

        static GenericContainer<?> shop() {
            if (!SHOP.isRunning()) {
                SHOP.start();
            }
            return SHOP;
        }
    }
}
