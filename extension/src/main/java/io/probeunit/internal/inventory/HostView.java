package io.probeunit.internal.inventory;

import io.probeunit.ProbeException;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.ReadableFile;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFiles;
import io.probeunit.internal.targets.TargetResolver;
import java.util.Optional;

/** The binaries of containers as this machine's {@code /proc} shows them, if this user may look into it. */
final class HostView {

    private final Host host;
    private final TargetResolver resolver;
    private final TargetFiles files;

    HostView(Host host) {
        this.host = host;
        this.resolver = new TargetResolver(host);
        this.files = new TargetFiles(host);
    }

    /**
     * Finds a binary exactly as it is found for probes.
     *
     * @return empty if this way is closed: another machine, no permission, no running process
     * @throws ProbeException if the way is open and there is no such file
     */
    Optional<FoundBinary> find(String name, DockerContainer container, BinarySelector selector) {
        return target(name, container).flatMap(target -> {
            ReadableFile file = files.findToRead(target, selector);
            try {
                return Optional.of(new FoundBinary(
                        file.path(), host.files().content(file.seenAt()), path -> files.content(target, path)));
            } catch (HostException mayNotBeRead) {
                return Optional.empty();
            }
        });
    }

    private Optional<Target> target(String name, DockerContainer container) {
        try {
            return Optional.of(resolver.resolve(name, container, new BinarySelector.TargetDefault()));
        } catch (ProbeException | HostException notSeenFromHere) {
            return Optional.empty();
        }
    }
}
