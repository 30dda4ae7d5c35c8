package io.probeunit.internal.host.sidecar;

import io.probeunit.internal.docker.SidecarContainer;
import io.probeunit.internal.host.helper.HelperStreams;
import java.io.InputStream;
import java.io.OutputStream;

/** A running sidecar, and the connection with its main process, the helper. */
final class SidecarLine implements AutoCloseable {

    private final HelperStreams streams = new HelperStreams();
    private final SidecarContainer container;

    SidecarLine(SidecarContainer.Plan plan) {
        try {
            this.container = SidecarContainer.start(plan, streams.sent(), streams);
        } catch (RuntimeException | Error e) {
            // a thread of the connection may read this
            streams.endInput();
            throw e;
        }
    }

    InputStream output() {
        return streams.output();
    }

    OutputStream input() {
        return streams.input();
    }

    String end() {
        String words = streams.lastErrors();
        return "The sidecar (container %s) has ended%s (PU1062)"
                .formatted(
                        container.id().substring(0, 12),
                        words.isEmpty() ? ": it was stopped or removed." : ". Its last words: " + words);
    }

    /** The helper ends in order; the container then is removed whatever became of that. */
    @Override
    public void close() {
        streams.close();
        container.close();
    }
}
