package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetProcessesTest {

    private final FakeMachine machine = new FakeMachine();
    private final List<String> requests = new ArrayList<>();

    @Test
    void those_of_the_container_are_found_the_first_one_first() {
        machine.process(5, "0::" + FakeMachine.GROUP + "\n")
                .process(6, "0::/docker/another\n")
                .process(7, "0::%s/below\n".formatted(FakeMachine.GROUP))
                .process(8, "0::%s/%s1\n".formatted(FakeMachine.GROUP, Host.TOOLS_GROUP));

        assertThat(ids()).containsExactly("4711", "5", "7");
    }

    /** A request costs a round trip to a sidecar, and a verdict waits for it. */
    @Test
    void the_number_of_requests_does_not_grow_with_the_processes_of_the_machine() {
        for (int pid = 5000; pid < 5300; pid++) {
            machine.process(pid, "0::/system.slice\n");
        }

        assertThat(ids()).containsExactly("4711");
        assertThat(requests).containsExactly("list", "texts");
    }

    private List<String> ids() {
        return new TargetProcesses(counting(), machine.target()).ids().toList();
    }

    private HostFiles counting() {
        return (HostFiles) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HostFiles.class}, (proxy, method, arguments) -> {
                    requests.add(method.getName());
                    try {
                        return method.invoke(machine.files, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
