package io.probeunit.host.remote;

import io.probeunit.host.FifoWriterContract;
import io.probeunit.host.HostFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteFifoTest extends FifoWriterContract {

    private final RemoteHost host = new RemoteHost("away", "an agent", AgentProcess::new);

    @Override
    protected HostFiles files() {
        return host.files();
    }

    @AfterEach
    void close() {
        host.close();
    }
}
