package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/functions.md} shows: how often functions run. */
@Testcontainers
class FunctionsTest {

    @Container
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ExpectFunction(value = "reserve_stock", times = 2)
    @ExpectFunction(value = "audit", times = 0)
    @ExpectFunction(value = "*_order", atLeast = 1, atMost = 2)
    void reservesForEachOrder() {
        order(42);
        order(43);
    }

    @Test
    @ProbeFunction("reserve_stock")
    @ProbeFunction("charge")
    void chargesWhatItReserved(Recording recording) {
        order(42);
        assertThat(recording).function("reserve_stock").firedTimes(1);
        assertThat(recording)
                .function("charge")
                .firings()
                .extracting(Firing::command)
                .containsExactly("shop");
    }

    @Test
    @ExpectFunction(value = "reserve_stock", onReturn = true, times = 1, where = "return:s32 >= 0")
    void findsEnoughInStock() {
        order(42);
    }

    @Test
    @ExpectFunction(value = "gift_wrap", onReturn = true, where = "return:s32 == 2", within = "5s")
    void wrapsTheGiftSoon() {
        assertThat(new Shop(shop).orderAsGift(50, "ann", 12)).isEqualTo("PLACED 50");
    }

    @Test
    @ProbeFunction(value = "reserve_stock", capture = "arg2:string")
    @ExpectFunction(value = "reserve_stock", times = 2)
    @ExpectFunction(value = "reserve_stock", times = 1, where = "arg1:s32 == 42")
    void reservesTwice() {
        order(42);
        order(43);
    }

    private static void order(int id) {
        assertThat(new Shop(shop).order(id, "ann", 3)).isEqualTo("PLACED " + id);
    }
}
