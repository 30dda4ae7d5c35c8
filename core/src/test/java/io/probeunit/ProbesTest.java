package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerState;

class ProbesTest {

    private static final ContainerState SHOP = container();
    private static final ContainerState DB = container();

    @Test
    void each_method_returns_other_probes() {
        Probes none = Probes.on(SHOP);
        Probes one = none.function("f");

        assertThat(none.points()).isEmpty();
        assertThat(one.points()).hasSize(1);
        assertThat(none.containers()).isEqualTo(one.containers());
        assertThat(none.containers().get(0).name()).isEqualTo("container");
    }

    @Test
    void a_binary_is_that_of_the_container_named_last() {
        assertThat(Probes.on("shop", SHOP)
                        .binary("/bin/shop")
                        .and("db", DB)
                        .binary("/bin/db")
                        .containers())
                .containsExactly(new Probes.Target("shop", SHOP, "/bin/shop"), new Probes.Target("db", DB, "/bin/db"));
    }

    @Test
    void a_point_has_all_that_was_said_of_it() {
        assertThat(Probes.on(SHOP)
                        .function(
                                "f",
                                point -> point.capture("arg1")
                                        .capture("arg2:string", "arg3")
                                        .in("libc.so.6")
                                        .container("shop")
                                        .countWhere("arg1 == 1")
                                        .countWhere("arg3 > 2")
                                        .onReturn())
                        .mark("p:m")
                        .points())
                .containsExactly(
                        new Probes.Point(
                                Probes.Point.Kind.RETURN,
                                "f",
                                "libc.so.6",
                                "shop",
                                List.of("arg1", "arg2:string", "arg3"),
                                List.of("arg1 == 1", "arg3 > 2")),
                        new Probes.Point(Probes.Point.Kind.MARK, "p:m", "", "", List.of(), List.of()))
                .extracting(Probes.Point::toString)
                .containsExactly("function(\"f\", onReturn)", "mark(\"p:m\")");
    }

    @Test
    @SuppressWarnings({"DataFlowIssue", "NullAway"})
    void what_is_missing_is_an_error() {
        refused(() -> Probes.on(null), "the container is null (PU1501)");
        refused(() -> Probes.on(null, SHOP), "name of a container is null (PU1501)");
        refused(() -> Probes.on(" ", SHOP), "blank name (PU1503)");
        refused(() -> Probes.on("a", SHOP).and("a", DB), "one name (PU1502); the names are: a, a");
        refused(() -> Probes.on(SHOP).binary(null), "(PU1501)");
        refused(() -> Probes.on(SHOP).function(null), "name of a point is null (PU1501)");
        refused(() -> Probes.on(SHOP).setting("probeunit.engine", null), "probeunit.engine is null (PU1501)");
    }

    private static void refused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }

    private static ContainerState container() {
        return (ContainerState) Proxy.newProxyInstance(
                ProbesTest.class.getClassLoader(),
                new Class<?>[] {ContainerState.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "a container";
                });
    }
}
