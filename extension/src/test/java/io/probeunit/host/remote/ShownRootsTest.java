package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.host.FakeHost;
import io.probeunit.host.HostException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be shown; what can is seen in a sidecar. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShownRootsTest {

    private final FakeHost host = new FakeHost();

    @Test
    void who_waits_for_a_copy_learns_whatever_became_of_it() {
        host.files().file("/proc/7/stat", "7 (shop) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 30 0 5 0 0");
        ShownRoots roots = new ShownRoots(host, kernel());

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> roots.show(7))
                .withMessage("Could not reach the mounts of process 7: no symbol 'setns'");
    }

    /** Of a C library without some of the calls. */
    private static MountCalls kernel() {
        return (MountCalls) Proxy.newProxyInstance(
                MountCalls.class.getClassLoader(), new Class<?>[] {MountCalls.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setns")) {
                        throw new UnsatisfiedLinkError("no symbol 'setns'");
                    }
                    return 3;
                });
    }
}
