package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/assertions.md} and {@code docs/verdicts.md} show. */
@Testcontainers
class AssertionsTest {

    @Container
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ProbeMark(value = "shop:*", capture = "arg1")
    void tellsWhatFired(Recording recording) {
        order(42);
        long all = recording.mark("shop:*").count();
        long placed = recording.mark("order__placed").where("arg1 == 42").count();
        for (Firing firing : recording.firings().list()) {
            System.out.println(firing.probe() + " " + firing.captures().get("arg1"));
        }
        assertThat(placed).isEqualTo(all).isEqualTo(1);
    }

    @Test
    @ProbeFunction(
            value = "reserve_stock",
            capture = {"arg1:s32", "arg2:string"})
    @ProbeMark("shop:order__placed")
    void reservesAndPlaces(Recording recording) {
        order(42);
        assertThat(recording)
                .function("reserve_stock")
                .hasFiringsSatisfyingExactly(f -> Assertions.assertThat(f.captures())
                        .containsEntry("arg1", 42L)
                        .containsEntry("arg2", "apple"));
        assertThat(recording).firedInOrder("reserve_stock", "shop:order__placed");
        assertThat(recording).function("reserve_stock").where("arg1 == 43").neverFired();
    }

    @Test
    @ProbeMark("shop:worker__done")
    void waitsForTheWorker(Recording recording) {
        new Shop(shop).orderAsGift(42, "ann", 3);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(recording).mark("worker__done").fired());
    }

    @Test
    @ProbeFunction("reserve_stock")
    void allDetailsAreThere(Recording recording) {
        order(42);
        assertThat(recording).hasNoLoss();
    }

    private static void order(int id) {
        assertThat(new Shop(shop).order(id, "ann", 3)).isEqualTo("PLACED " + id);
    }
}
