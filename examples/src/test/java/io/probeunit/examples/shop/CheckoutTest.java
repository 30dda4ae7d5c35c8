package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

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

/** What an order does inside the shop: the functions that run, the marks that fire, and their arguments. */
@Testcontainers
class CheckoutTest {

    @Container
    @Probed(binary = "/usr/local/bin/shop")
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ProbeFunction("reserve_stock")
    @ExpectMark(
            value = "shop:order__placed",
            times = 1,
            capture = {"arg1", "arg2:string"},
            where = "arg1 == 42")
    @ExpectMark(value = "shop:order__rejected", times = 0)
    void placesTheOrder(Recording recording) {
        order(42);
        assertThat(recording).function("reserve_stock").firedTimes(1);
    }

    @Test
    @ExpectMark(
            value = "shop:order__rejected",
            times = 1,
            where = {"arg1 == 43", "arg2 == -2"})
    @ExpectFunction(value = "reserve_stock", times = 0)
    @ExpectFunction(value = "charge", times = 0)
    void turnsStrangersAwayBeforeAnythingIsReserved() {
        assertThat(new Shop(shop).order(43, "mallory", 3)).isEqualTo("REJECTED 43 -2");
    }

    @Test
    @ExpectFunction(
            value = "charge",
            times = 1,
            where = {"arg1:s32 == 44", "arg2:string == chloé", "arg3:s64 == 175"})
    void chargesTheCustomer() {
        assertThat(new Shop(shop).order(44, "chloé", 7)).isEqualTo("PLACED 44");
    }

    @Test
    @ExpectFunction(value = "reserve_stock", onReturn = true, where = "return:s32 < 0", times = 0)
    @ProbeFunction(
            value = "reserve_stock",
            capture = {"arg1:s32", "arg2:string", "arg3:s32"})
    @ProbeMark(
            value = "shop:order__placed",
            capture = {"arg1", "arg2:string"})
    void doesWhatItsLogSays(Recording recording) {
        order(45);
        order(46);

        ShopLog log = new Shop(shop).log();
        assertThat(recording)
                .function("reserve_stock")
                .firings()
                .extracting(ShopLog::entry)
                .isEqualTo(log.calls("reserve_stock", 45, 46));
        assertThat(recording)
                .mark("order__placed")
                .firings()
                .extracting(ShopLog::entry)
                .isEqualTo(log.marks("order__placed", 45, 46));
    }

    private static void order(int id) {
        assertThat(new Shop(shop).order(id, "ann", 3)).isEqualTo("PLACED " + id);
    }
}
