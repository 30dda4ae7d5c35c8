package io.probeunit.internal.host;

/** The kinds of hosts. Programs have other paths on each, so settings of tools are separate for each. */
public enum HostKind {
    /** The machine that the JVM runs on. */
    LOCAL,
    /** A privileged container of ours. */
    SIDECAR,
    /** The target itself. */
    CONTAINER
}
