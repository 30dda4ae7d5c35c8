package io.probeunit.examples.shop;

import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/containers.md} shows: two containers of one image, each with a name. */
@Testcontainers
class ContainersTest {

    @Container
    @Probed(name = "east", binary = "/usr/local/bin/shop")
    static final GenericContainer<?> eastern = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Container
    @Probed(name = "west", binary = "/usr/local/bin/shop")
    static final GenericContainer<?> western = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ExpectMark(value = "shop:order__placed", container = "east", times = 1)
    @ExpectMark(value = "shop:order__placed", container = "west", times = 0)
    void anOrderInTheEastStaysThere() {
        assertThat(new Shop(eastern).order(42, "ann", 3)).isEqualTo("PLACED 42");
    }
}
