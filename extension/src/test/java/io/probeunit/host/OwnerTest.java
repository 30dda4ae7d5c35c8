package io.probeunit.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnerTest {

    private final HostFiles files = new LocalHost().files();
    private final Owner owner = Owner.thisJvm(files);

    @Test
    void aLabelIsReadAsItWasWritten() {
        assertThat(Owner.parse(owner.toString())).contains(owner);
        assertThat(Owner.parse("what another program wrote")).isEmpty();
    }

    @Test
    void aJvmThatLives() {
        assertThat(Owner.isDead(files, owner.toString())).isFalse();
    }

    @Test
    void aJvmThatHasEndedThoughItsIdWasGivenAgain() {
        Owner earlier = new Owner(
                owner.place(),
                new ProcessName(owner.process().pid(), owner.process().startTime() - 1));

        assertThat(Owner.isDead(files, earlier.toString())).isTrue();
    }

    @Test
    void oneElsewhereIsNotOursToJudge() {
        Owner elsewhere =
                new Owner("another machine", new ProcessName(owner.process().pid(), 1));

        assertThat(Owner.isDead(files, elsewhere.toString())).isFalse();
        assertThat(Owner.isDead(files, "")).isFalse();
    }
}
