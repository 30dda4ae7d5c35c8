package io.probeunit.junit;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.engine.PointResolver;
import io.probeunit.engine.stap.StapEngine;
import io.probeunit.engine.stap.StapSettings;
import io.probeunit.engine.uprobe.LinkedSemaphores;
import io.probeunit.engine.uprobe.UprobeEngine;
import io.probeunit.host.Host;
import io.probeunit.host.LocalHost;
import io.probeunit.inventory.ContainerMarks;
import io.probeunit.target.TargetResolver;
import java.util.List;

/** Puts the real parts together: what works in this version, on the machine that the tests run on. */
final class LocalWiring implements Wiring {

    @Override
    public List<ProbeSettings.Host> hosts() {
        return List.of(ProbeSettings.Host.LOCAL);
    }

    @Override
    public Equipment equip(ProbeSettings.Host setting, ToolSettings tools) {
        Host host = new LocalHost();
        return new Equipment(
                host,
                List.of(
                        new StapEngine(
                                new StapSettings(tools.stapCommand(), tools.stapEnvironment(), tools.armTimeout())),
                        new UprobeEngine(tools.attach())),
                new LinkedSemaphores(tools.attach()),
                new DockerContainers(new TargetResolver(host)),
                new ResolvedPoints(new PointResolver(host)));
    }

    @Override
    public Inventory inventory() {
        return new ContainerInventory(new ContainerMarks());
    }
}
