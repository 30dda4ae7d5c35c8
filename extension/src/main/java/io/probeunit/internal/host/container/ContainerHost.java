package io.probeunit.internal.host.container;

import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.InsideHelper;
import io.probeunit.internal.host.LivingHost;
import io.probeunit.internal.host.helper.Helper;
import io.probeunit.internal.host.helper.InsideMounts;
import io.probeunit.internal.kernel.Kernel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A running container as a host: its files, processes and paths as seen inside it. Ends with the container.
 * Thread-safe.
 *
 * <p>Our helper runs in it, with its own mounts, and in its own cgroup below the container's cgroup.
 */
public final class ContainerHost implements LivingHost {

    private final Place place;
    private final Helper helper;
    private final InsideMounts mounts;
    private final Predicate<HelperName> dead;

    /**
     * A host that is settled.
     *
     * @param mounts those that were made for the helper
     * @param dead whether a helper of ours has ended
     */
    ContainerHost(Place place, Helper helper, InsideMounts mounts, Predicate<HelperName> dead) {
        this.place = place;
        this.helper = helper;
        this.mounts = mounts;
        this.dead = dead;
    }

    /**
     * Where a host is.
     *
     * @param container the container's full id
     * @param shortId for messages
     * @param name of the helper
     * @param ownProcessIds whether the first process is number 1
     */
    record Place(String container, String shortId, HelperName name, boolean ownProcessIds) {}

    @Override
    public String name() {
        return "container";
    }

    @Override
    public Optional<String> helper() {
        return Optional.of(
                "our helper runs in the target itself, which the test has started as a privileged container; nothing else is started");
    }

    @Override
    public HostFiles files() {
        return helper.files();
    }

    @Override
    public Kernel calls() {
        return helper.kernel();
    }

    /** In another PID namespace, a program gets a number that others there have probably not had. */
    @Override
    public HostProcess start(Command command) {
        return place.ownProcessIds()
                ? new RareNumbers(helper.files()).during(() -> helper.start(command))
                : helper.start(command);
    }

    @Override
    public OptionalLong firstProcessOf(String containerId) {
        return place.ownProcessIds() && containerId.equals(place.container())
                ? OptionalLong.of(1)
                : OptionalLong.empty();
    }

    @Override
    public OptionalLong toolsCgroup() {
        return files().identity(mounts.group()).stream()
                .mapToLong(identity -> identity.inode())
                .findFirst();
    }

    @Override
    public boolean endsWithTarget() {
        return true;
    }

    @Override
    public boolean mayHaveProbed(String path) {
        return path.startsWith(ownFolder() + "/");
    }

    @Override
    public String ownFolder() {
        return place.name().inside().folder();
    }

    @Override
    public boolean isAbandoned(String path, long pid) {
        return InsideHelper.of(path)
                .flatMap(helper -> HelperName.parse(helper.name()))
                .filter(dead)
                .isPresent();
    }

    /** Until the container or the helper in it has ended. */
    @Override
    public boolean isAlive() {
        return helper.kernel().isAlive();
    }

    /** Ends what runs here, in order if it does so soon, and leaves the container as it was. */
    @Override
    public void close() {
        helper.close();
    }
}
