package io.probeunit.internal.host.helper;

import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostFilesContract;
import io.probeunit.internal.kernel.HelperOnThisMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelperFilesTest extends HostFilesContract {

    private final HelperOnThisMachine real = HelperOnThisMachine.start();
    private final Helper helper = new Helper(real.kernel(), real::close);

    @Override
    protected HostFiles files() {
        return helper.files();
    }

    @AfterEach
    void close() {
        helper.close();
    }
}
