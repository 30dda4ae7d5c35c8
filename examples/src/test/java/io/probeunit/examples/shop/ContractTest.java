package io.probeunit.examples.shop;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Functions;
import io.probeunit.Marks;
import io.probeunit.annotations.ExpectMarks;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/markers.md} shows: the marks that the shop carries. */
@Testcontainers
class ContractTest {

    @Container
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @ExpectMarks(value = "shop", binary = "/usr/local/bin/shop", snapshot = "/markers/shop.txt")
    void carriesTheMarksThatWePromise() {}

    @Test
    void carriesMarks() {
        Marks marks = Marks.of(shop, "/usr/local/bin/shop");
        assertThat(marks)
                .hasMark("shop:order__placed")
                .hasNoMark("shop:debug_*")
                .hasMarksOf("shop");
        assertThat(marks).ofProvider("shop").matchesSnapshot("/markers/shop.txt");
    }

    @Test
    void hasFunctionsToProbe() {
        Functions functions = Functions.of(shop, "/usr/local/bin/shop", "*stock*");
        assertThat(functions.annotations())
                .contains("@ExpectFunction(value = \"reserve_stock\", binary = \"/usr/local/bin/shop\")");
    }
}
