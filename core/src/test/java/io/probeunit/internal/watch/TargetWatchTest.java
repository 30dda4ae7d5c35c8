package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.HostException;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetWatchTest {

    private static final TargetWatch RESTARTED =
            TargetWatch.of(() -> Optional.of(Doubt.missed("it was started again")));

    private static RuntimeException ended() {
        return new HostException("the shell has ended");
    }

    private static Findings found(TargetWatch... watches) {
        return TargetWatch.all(List.of(watches)).begin(List.of()).look();
    }

    @Test
    void a_watch_that_fails_keeps_no_other_from_being_asked() {
        TargetWatch failing = points -> () -> {
            throw ended();
        };

        assertThat(found(failing, RESTARTED, failing).ofTarget())
                .extracting(Doubt::text)
                .containsExactlyInAnyOrder(
                        "it was started again",
                        "it is not known whether the processes run the probed code: the shell has ended");
    }

    @Test
    void nor_does_one_that_cannot_begin() {
        TargetWatch failing = points -> {
            throw ended();
        };

        assertThat(found(failing, RESTARTED).ofTarget())
                .extracting(Doubt::text)
                .contains("it was started again")
                .anySatisfy(doubt -> assertThat(doubt).endsWith("run the probed code: the shell has ended"));
    }
}
