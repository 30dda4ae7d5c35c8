package io.probeunit.internal.configuration;

import io.probeunit.internal.host.container.ContainerSettings;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.settings.SettingValues;

/**
 * How hosts and the engines on them are made. Tests with the same settings share preflights.
 *
 * @param engines the values of the engines' own settings
 * @param sidecar how the sidecar is made
 * @param container what our tools in a container are given
 */
public record ToolSettings(SettingValues engines, SidecarSettings sidecar, ContainerSettings container) {}
