package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/marks.md} shows: which marks fire. */
@Testcontainers
class MarksTest {

    @Container
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ExpectMark(value = "shop:order__placed", times = 1)
    @ExpectMark(value = "order-rejected", times = 1, where = "arg2 == -2")
    @ExpectMark(value = "shop:*", times = 2)
    void eachOrderIsPlacedOrRejected() {
        Shop client = new Shop(shop);
        client.order(42, "ann", 3);
        client.order(43, "mallory", 3);
    }

    @Test
    @ProbeMark(
            value = "order__placed",
            capture = {"arg1", "arg2:string"})
    void knowsTheCustomer(Recording recording) {
        new Shop(shop).order(42, "bob", 3);

        assertThat(recording)
                .mark("order__placed")
                .hasFiringsSatisfyingExactly(placed ->
                        assertThat(placed.captures()).containsEntry("arg1", 42L).containsEntry("arg2", "bob"));
    }
}
