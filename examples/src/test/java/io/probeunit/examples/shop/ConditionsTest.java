package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/conditions.md} shows: values of firings, and conditions on them. */
@Testcontainers
class ConditionsTest {

    @Container
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ProbeFunction(
            value = "charge",
            capture = {"arg1:s32", "arg2:string", "arg3:s64"})
    void chargesSeventyFiveCents(Recording recording) {
        order(44);

        assertThat(recording)
                .function("charge")
                .hasFiringsSatisfyingExactly(charge -> assertThat(charge.captures())
                        .containsEntry("arg1", 44L)
                        .containsEntry("arg2", "ann")
                        .containsEntry("arg3", 75L));
    }

    @Test
    @ExpectFunction(
            value = "charge",
            times = 1,
            where = {"arg1:s32 == 44", "arg2:string == ann", "arg3:s64 >= 50"})
    @ExpectFunction(value = "reserve_stock", onReturn = true, where = "return:s32 < 0", times = 0)
    @ExpectMark(value = "shop:order__placed", where = "arg2:string =~ ^(ann|bob)$")
    void chargesTheCustomer() {
        order(44);
    }

    private static void order(int id) {
        assertThat(new Shop(shop).order(id, "ann", 3)).isEqualTo("PLACED " + id);
    }
}
