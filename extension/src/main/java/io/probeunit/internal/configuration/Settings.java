package io.probeunit.internal.configuration;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.engine.EngineChoice;

/**
 * The settings of one test after all decisions: nothing here is {@code INHERIT}.
 *
 * @param engine what arms the probes
 * @param host where the tools run
 * @param window the part of the test that is watched
 * @param unavailable what becomes of the test where no engine can be used
 * @param details of how many firings a point keeps details in each window
 * @param printsReport whether the report also goes to the standard output
 * @param reportFiles which tests get report files
 * @param attachments whether lines are printed that attach them
 * @param tools how the engines' tools are run
 */
public record Settings(
        EngineChoice engine,
        ProbeSettings.Host host,
        ProbeSettings.Window window,
        ProbeSettings.Unavailable unavailable,
        int details,
        boolean printsReport,
        ReportFiles reportFiles,
        Attachments attachments,
        ToolSettings tools) {}
