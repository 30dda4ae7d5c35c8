package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Gifts are wrapped by forked workers, which belong to the container like any other of its processes. */
@Testcontainers
class GiftTest {

    @Container
    @Probed(binary = "/usr/local/bin/shop")
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    /** The shop answers before the gift is wrapped; {@code within} waits for it, no longer than it takes. */
    @Test
    @ExpectMark(
            value = "shop:worker__done",
            where = {"arg1 == 50", "arg2 == 2"},
            within = "5s")
    void wrapsTheGiftSoon() {
        assertThat(new Shop(shop).orderAsGift(50, "ann", 12)).isEqualTo("PLACED 50");
    }

    @Test
    @ExpectMark(value = "shop:worker__done", times = 0)
    @ExpectFunction(value = "gift_wrap", times = 0)
    void wrapsNothingElse() {
        assertThat(new Shop(shop).order(51, "ann", 12)).isEqualTo("PLACED 51");
    }

    @Test
    @ProbeMark(
            value = "shop:*",
            capture = {"arg1"})
    @ProbeFunction(value = "gift_wrap", onReturn = true, capture = "return:s32")
    void wrapsEachGiftInAProcessOfItsOwn(Recording recording) {
        Shop client = new Shop(shop);
        client.orderAsGift(52, "ann", 1);
        client.orderAsGift(53, "bob", 30);
        client.awaitGifts();

        assertThat(recording.mark("worker__done").stream().map(Firing::pid))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(recording.mark("order__placed").stream()
                        .map(Firing::pid)
                        .toList());
        assertThat(recording)
                .functionReturn("gift_wrap")
                .firings()
                .extracting(f -> f.captures().get("return"))
                .containsExactlyInAnyOrder(1L, 5L);
        assertThat(client.log().returns("gift_wrap", 52, 53)).containsExactlyInAnyOrder("52 1", "53 5");
    }
}
