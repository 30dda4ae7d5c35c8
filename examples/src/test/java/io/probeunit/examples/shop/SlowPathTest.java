package io.probeunit.examples.shop;

import static io.probeunit.examples.shop.Shop.shopImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The slow path, an audit, must not run for orders of a usual size: with an annotation of our own that says so. */
@Testcontainers
class SlowPathTest {

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ExpectFunction(value = "audit", times = 0)
    @interface NeverAudits {}

    @Container
    @Probed(binary = "/usr/local/bin/shop")
    static final GenericContainer<?> shop = new GenericContainer<>(shopImage()).withExposedPorts(8080);

    @Test
    @NeverAudits
    @ExpectFunction(value = "reserve_stock", times = 3)
    void usualOrdersAreNotAudited() {
        Shop client = new Shop(shop);
        client.order(61, "ann", 1);
        client.order(62, "bob", 12);
        client.order(63, "ann", 50);

        assertThat(client.log().calls("audit", 61, 62, 63)).isEmpty();
    }

    @Test
    @ExpectFunction(value = "audit", times = 1, where = "arg1:s32 == 64")
    void aLargeOrderIsAudited() {
        assertThat(new Shop(shop).order(64, "ann", 51)).isEqualTo("PLACED 64");
    }
}
