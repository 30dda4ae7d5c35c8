package io.probeunit.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

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
    void whoMayNotRaiseTheLimitLacksSomething() {
        assertThat(MemoryLock.lack(WITHOUT, LIMITED, Map.of())).hasValueSatisfying(lack -> {
            assertThat(lack.what()).contains("RLIMIT_MEMLOCK", "CAP_SYS_RESOURCE");
            assertThat(lack.cure()).contains("LD_PRELOAD", "probeunit.stap.environment", "UPROBE");
        });
    }

    @Test
    void whoMayRaiseItOrNeedNotLacksNothing() {
        assertThat(MemoryLock.lack(ALL, LIMITED, Map.of())).isEmpty();
        assertThat(MemoryLock.lack(WITHOUT, UNLIMITED, Map.of())).isEmpty();
        assertThat(MemoryLock.lack(WITHOUT, LIMITED, Map.of("LD_PRELOAD", "/x.so")))
                .isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsLetPass() {
        assertThat(MemoryLock.lack("", LIMITED, Map.of())).isEmpty();
        assertThat(MemoryLock.lack(WITHOUT, "", Map.of())).isEmpty();
    }
}
