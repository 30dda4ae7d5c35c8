package io.probeunit.host.remote;

/** What another host tells of its processes without being asked. */
sealed interface HostMessage {

    /** Which stream of which process. */
    record Output(long number, boolean errors, byte[] bytes) implements HostMessage {}

    /** The end of a stream. */
    record OutputEnd(long number, boolean errors) implements HostMessage {}
}
