package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.RawFiring;

/** What the engine on the other side tells without being asked. */
sealed interface UprobeMessage {

    /** The details of a firing, of one session. */
    record Fired(long session, RawFiring firing) implements UprobeMessage {}
}
