package io.probeunit.examples.cpython;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Which functions of a Python program run: the interpreter's marks tell the file and the name of each. */
@Testcontainers
class FunctionsTest {

    @Container
    static final Prices prices = new Prices("--profile");

    @Test
    @ExpectMark(
            value = "python:function__entry",
            times = 1,
            where = {"arg1:string == /app/prices.py", "arg2:string == discount"})
    void manyApplesAreCheaper() throws IOException {
        assertThat(prices.ask(100, "apple")).isEqualTo("2250");
    }

    @Test
    @ExpectMark(value = "python:function__entry", times = 0, where = "arg2:string == discount")
    @ExpectMark(value = "python:function__entry", times = 1, where = "arg2:string == price")
    void oneAppleHasItsPrice() throws IOException {
        assertThat(prices.ask(1, "apple")).isEqualTo("25");
    }

    @Test
    @ProbeMark(
            value = "python:function__entry",
            capture = {"arg1:string", "arg2:string"})
    void callsWhatItsProfilerSays(Recording recording) throws IOException {
        prices.ask(200, "pear");
        prices.ask(2, "pear");

        List<String> calls = List.of("price", "discount", "price");
        assertThat(recording)
                .mark("function__entry")
                .where("arg1 == /app/prices.py")
                .firings()
                .extracting(call -> call.captures().get("arg2"))
                .isEqualTo(calls);
        await().untilAsserted(() -> assertThat(prices.calls("pear")).isEqualTo(calls));
    }

    @Test
    void failsIfTheDiscountIsForgotten() {
        Failures.of(ForgottenDiscount.class).isShownIn("docs/examples/cpython.md");
    }

    static class ForgottenDiscount {
        @Probed
        static final Prices prices = FunctionsTest.prices;

        @Test
        @ExpectMark(
                value = "python:function__entry",
                times = 1,
                where = {"arg1:string == /app/prices.py", "arg2:string == discount"})
        void manyApplesAreCheaper() throws IOException {
            prices.ask(99, "apple");
        }
    }
}
