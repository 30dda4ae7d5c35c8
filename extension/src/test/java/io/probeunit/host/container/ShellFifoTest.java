package io.probeunit.host.container;

import io.probeunit.host.FifoWriterContract;
import io.probeunit.host.HostFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the shell of this machine. */
@Timeout(60)
class ShellFifoTest extends FifoWriterContract {

    private final ShellAgent shell;

    ShellFifoTest(@TempDir Path work) {
        shell = LocalShells.agent(work.toString());
    }

    @Override
    protected HostFiles files() {
        return new ShellFiles(shell);
    }

    @AfterEach
    void end() {
        shell.close();
    }
}
