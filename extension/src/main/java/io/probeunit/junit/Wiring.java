package io.probeunit.junit;

import io.probeunit.annotations.ProbeSettings;
import java.util.List;

/** Puts the parts together. */
interface Wiring extends AutoCloseable {

    /** The hosts that there are, those that {@code AUTO} prefers first. */
    List<ProbeSettings.Host> hosts();

    /** Makes the equipment for a host that is one of {@link #hosts()}. */
    Equipment equip(ProbeSettings.Host host, ToolSettings tools);

    /** What reads the marks of binaries, whatever the host and without any engine. */
    Inventory inventory();

    /** What samples containers, whatever the host and engine of probes. */
    Sampling sampling(ToolSettings tools);

    /** Ends what was started for all equipment. */
    @Override
    default void close() {
        // nothing was started
    }
}
