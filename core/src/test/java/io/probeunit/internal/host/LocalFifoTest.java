package io.probeunit.internal.host;

import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LocalFifoTest extends FifoWriterContract {

    @Override
    protected HostFiles files() {
        return new LocalHost().files();
    }
}
