package io.probeunit.internal.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.docker.FakeDaemon;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.LivingHost;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which hosts there are, and when; that they work is seen in real containers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProbingFromInsideTest {

    private static final String SLOW = "5".repeat(64);

    private final AtomicInteger running = new AtomicInteger();
    private final Object shop = new FakeDaemon().container();
    private final Object slow = new FakeDaemon().id(SLOW).container();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answering = new CountDownLatch(1);
    private final FakeFactory factory = new FakeFactory();
    private final ProbingFromInside probing = new ProbingFromInside(List.of("stap", "uprobe"), factory);

    @AfterEach
    void end() {
        answering.countDown();
        probing.close();
    }

    @Test
    void a_host_that_gets_no_engines_ends() {
        factory.refusal = Optional.of(new HostException("no list of uprobes"));

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> probing.at("shop", shop))
                .withMessageContaining("no list of uprobes");

        await().until(() -> running.get() == 0);
    }

    @Test
    void a_container_has_one_host_while_that_lives() {
        HostEngines first = probing.at("shop", shop);

        assertThat(probing.at("shop", shop)).isSameAs(first);
        ((LivingHost) first.host()).close();
        assertThat(probing.at("shop", shop)).isNotSameAs(first);
        assertThat(running).hasValue(1);
    }

    @Test
    void a_slow_container_keeps_nobody_else_waiting() throws Exception {
        HostEngines known = probing.at("shop", shop);
        CompletableFuture<HostEngines> late = CompletableFuture.supplyAsync(() -> probing.at("slow", slow));
        asked.await();

        assertThat(probing.at("shop", shop)).isSameAs(known);

        assertThat(late).isNotDone();
        answering.countDown();
        assertThat(late.get(10, TimeUnit.SECONDS).host()).isNotSameAs(known.host());
    }

    @Test
    void the_tests_of_a_slow_container_get_one_host() throws Exception {
        CompletableFuture<HostEngines> first = CompletableFuture.supplyAsync(() -> probing.at("slow", slow));
        CompletableFuture<HostEngines> second = CompletableFuture.supplyAsync(() -> probing.at("slow", slow));
        asked.await();

        answering.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isSameAs(second.get(10, TimeUnit.SECONDS));
        assertThat(running).hasValue(1);
    }

    @Test
    void all_hosts_are_closed_those_too_that_are_about_to_begin() throws Exception {
        HostEngines known = probing.at("shop", shop);
        CompletableFuture<HostEngines> late = CompletableFuture.supplyAsync(() -> probing.at("slow", slow));
        asked.await();

        probing.close();

        assertThat(((LivingHost) known.host()).isAlive()).isFalse();
        answering.countDown();
        assertThat(((LivingHost) late.get(10, TimeUnit.SECONDS).host()).isAlive())
                .isFalse();
        assertThat(running).hasValue(0);
    }

    /** The daemon of one container takes its time. */
    private final class FakeFactory implements ProbingFromInside.Factory {

        private Optional<HostException> refusal = Optional.empty();

        @Override
        public LivingHost host(DockerContainer container, ContainerStatus status) {
            if (status.id().equals(SLOW)) {
                asked.countDown();
                awaitAnswer();
            }
            return new Living();
        }

        @Override
        public HostEngines engines(LivingHost host) {
            refusal.ifPresent(reason -> {
                throw reason;
            });
            return new HostEngines(
                    host,
                    List.of(),
                    SemaphoreKeeper.none("there are no marks"),
                    KernelWatch.none("nobody looks"),
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

    /** A host that counts as running until it is closed. */
    private final class Living implements LivingHost {

        private final AtomicBoolean alive = new AtomicBoolean(true);
        private final FakeHost host = new FakeHost();

        private Living() {
            running.incrementAndGet();
        }

        @Override
        public boolean isAlive() {
            return alive.get();
        }

        @Override
        public void close() {
            if (alive.compareAndSet(true, false)) {
                running.decrementAndGet();
            }
        }

        @Override
        public String name() {
            return "container";
        }

        @Override
        public HostFiles files() {
            return host.files();
        }

        @Override
        public Kernel calls() {
            return host.calls();
        }

        @Override
        public HostProcess start(Command command) {
            return host.start(command);
        }
    }
}
