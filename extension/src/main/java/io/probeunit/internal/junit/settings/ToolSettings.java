package io.probeunit.internal.junit.settings;

import io.probeunit.internal.engine.perf.PerfSettings;
import io.probeunit.internal.engine.stap.StapSettings;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.host.container.ContainerSettings;
import io.probeunit.internal.host.sidecar.SidecarSettings;

/**
 * The settings of the engines' tools, separate for each host, because paths differ between hosts. Tests with the same
 * settings share preflights.
 *
 * @param stap SystemTap on the machine of the JVM
 * @param attach how the built-in engine attaches its program
 * @param sidecar how the sidecar is made
 * @param sidecarStap SystemTap in the sidecar
 * @param container what our tools in a container are given
 * @param containerStap SystemTap in the container that is probed
 * @param perf how perf is called on the machine of the JVM
 * @param sidecarPerf how perf is called in the sidecar
 */
public record ToolSettings(
        StapSettings stap,
        AttachMode attach,
        SidecarSettings sidecar,
        StapSettings sidecarStap,
        ContainerSettings container,
        StapSettings containerStap,
        PerfSettings perf,
        PerfSettings sidecarPerf) {}
