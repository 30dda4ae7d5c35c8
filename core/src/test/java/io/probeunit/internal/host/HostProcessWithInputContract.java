package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * The same for processes that one can write to, which those inside a container are not.
 *
 * @param <P> the host's own
 */
public abstract class HostProcessWithInputContract<P extends HostProcess> extends HostProcessContract<P> {

    @Test
    void what_is_written_to_it_is_its_input() throws Exception {
        HostProcess process = run("read line; echo \"$line\"");

        process.input().write("a line\n".getBytes(StandardCharsets.US_ASCII));
        process.input().flush();

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("a line\n");
    }
}
