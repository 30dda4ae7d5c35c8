package io.probeunit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.docker.ContainerStatus;
import io.probeunit.docker.DockerContainer;
import io.probeunit.docker.FakeDaemon;
import io.probeunit.engine.Lookout;
import io.probeunit.engine.PointResolver;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.host.HostException;
import io.probeunit.host.container.ContainerHost;
import io.probeunit.host.container.ContainerHosts;
import io.probeunit.host.container.ContainerSettings;
import io.probeunit.host.container.FakeShell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which hosts there are, and when; that they work is seen in real containers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StationInsideTest {

    private static final String SLOW = "5".repeat(64);

    private final FakeShell shell = new FakeShell();
    private final Object shop = new FakeDaemon().exec(shell).container();
    private final Object slow = new FakeDaemon().id(SLOW).exec(shell).container();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answering = new CountDownLatch(1);
    private final Outfitter outfitter = new Outfitter();
    private final StationInside station = new StationInside(outfitter);

    @AfterEach
    void end() {
        answering.countDown();
        station.close();
    }

    @Test
    void a_host_that_cannot_be_equipped_ends() {
        outfitter.refusal = Optional.of(new HostException("no list of uprobes"));

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> station.at("shop", shop))
                .withMessageContaining("no list of uprobes");

        await().until(() -> shell.running() == 0);
    }

    @Test
    void a_container_has_one_host_while_that_lives() {
        Equipment first = station.at("shop", shop);

        assertThat(station.at("shop", shop)).isSameAs(first);
        ((ContainerHost) first.host()).close();
        assertThat(station.at("shop", shop)).isNotSameAs(first);
        assertThat(shell.running()).isEqualTo(1);
    }

    @Test
    void a_slow_container_keeps_nobody_else_waiting() throws Exception {
        Equipment known = station.at("shop", shop);
        CompletableFuture<Equipment> late = CompletableFuture.supplyAsync(() -> station.at("slow", slow));
        asked.await();

        assertThat(station.at("shop", shop)).isSameAs(known);

        assertThat(late).isNotDone();
        answering.countDown();
        assertThat(late.get(10, TimeUnit.SECONDS).host()).isNotSameAs(known.host());
    }

    @Test
    void the_tests_of_a_slow_container_get_one_host() throws Exception {
        CompletableFuture<Equipment> first = CompletableFuture.supplyAsync(() -> station.at("slow", slow));
        CompletableFuture<Equipment> second = CompletableFuture.supplyAsync(() -> station.at("slow", slow));
        asked.await();

        answering.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isSameAs(second.get(10, TimeUnit.SECONDS));
        assertThat(shell.running()).isEqualTo(1);
    }

    @Test
    void all_hosts_are_closed_those_too_that_are_about_to_begin() throws Exception {
        Equipment known = station.at("shop", shop);
        CompletableFuture<Equipment> late = CompletableFuture.supplyAsync(() -> station.at("slow", slow));
        asked.await();

        station.close();

        assertThat(((ContainerHost) known.host()).isAlive()).isFalse();
        answering.countDown();
        assertThat(((ContainerHost) late.get(10, TimeUnit.SECONDS).host()).isAlive())
                .isFalse();
        assertThat(shell.running()).isZero();
    }

    /** The daemon of one container takes its time. */
    private final class Outfitter implements StationInside.Outfitter {

        private final ContainerHosts hosts = new ContainerHosts();
        private Optional<HostException> refusal = Optional.empty();

        @Override
        public ContainerHost host(DockerContainer container, ContainerStatus status) {
            if (status.id().equals(SLOW)) {
                asked.countDown();
                awaitAnswer();
            }
            return hosts.in(container, status, ContainerSettings.defaults());
        }

        @Override
        public Equipment equip(ContainerHost host) {
            refusal.ifPresent(reason -> {
                throw reason;
            });
            return new Equipment(
                    host,
                    List.of(),
                    SemaphoreKeeper.none("there are no marks"),
                    Lookout.none("nobody looks"),
                    new DockerContainers(host),
                    new ResolvedPoints(new PointResolver(host)));
        }

        private void awaitAnswer() {
            try {
                answering.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
