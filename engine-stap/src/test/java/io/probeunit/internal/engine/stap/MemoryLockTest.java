package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryLockTest {

    private static final String ALL = "Name:\tjava\nCapEff:\t000001ffffffffff\n";
    private static final String WITHOUT = "Name:\tjava\nCapEff:\t000001fffeffffff\n";
    private static final String LIMITED =
            "Max processes             63204                63204                processes\nMax locked memory         8388608              8388608              bytes     \n";
    private static final String UNLIMITED =
            "Max locked memory         unlimited            unlimited            bytes     \n";

    @Test
    void who_may_not_raise_the_limit_lacks_something() {
        assertThat(MemoryLock.lack(WITHOUT, LIMITED, StapSettings.defaults())).hasValueSatisfying(lack -> {
            assertThat(lack.what()).contains("RLIMIT_MEMLOCK", "CAP_SYS_RESOURCE");
            assertThat(lack.cure()).contains("LD_PRELOAD", "probeunit.stap.environment", "UPROBE");
        });
    }

    @Test
    void who_may_raise_it_or_need_not_lacks_nothing() {
        assertThat(MemoryLock.lack(ALL, LIMITED, StapSettings.defaults())).isEmpty();
        assertThat(MemoryLock.lack(WITHOUT, UNLIMITED, StapSettings.defaults())).isEmpty();
        assertThat(MemoryLock.lack(WITHOUT, LIMITED, with("LD_PRELOAD", "/x.so")))
                .isEmpty();
    }

    @Test
    void what_is_not_understood_is_let_pass() {
        assertThat(MemoryLock.lack("", LIMITED, StapSettings.defaults())).isEmpty();
        assertThat(MemoryLock.lack(WITHOUT, "", StapSettings.defaults())).isEmpty();
    }

    private static StapSettings with(String name, String value) {
        return new StapSettings("probeunit.stap", "stap", Map.of(name, value), Duration.ofSeconds(60));
    }
}
