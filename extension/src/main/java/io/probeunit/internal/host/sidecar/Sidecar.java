package io.probeunit.internal.host.sidecar;

import io.probeunit.internal.docker.Archive;
import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.docker.HelperImage;
import io.probeunit.internal.docker.SidecarContainer;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.Owner;
import io.probeunit.internal.host.helper.Helper;
import io.probeunit.internal.host.helper.HelperHost;
import io.probeunit.internal.host.helper.HelperMachine;
import io.probeunit.internal.kernel.HelperKernel;
import io.probeunit.internal.kernel.Machine;
import io.probeunit.internal.progress.Progress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Our privileged container on the machine of the Docker daemon. The JVM needs only the right to use the daemon.
 *
 * <p>It sees all processes of that machine. Its main process is our helper, which ends when this JVM does; the daemon then
 * removes the container.
 */
public final class Sidecar {

    /** By which our containers are known; the value says whose they are. */
    static final String LABEL = "io.probeunit.sidecar";

    private static final String FILES = "tmp";

    private Sidecar() {}

    /**
     * The machine, through a sidecar that is started when something is asked for the first time.
     *
     * @param settings how it is made
     * @param progress says what takes long
     * @return a host; closing it removes the sidecar
     */
    public static HelperHost host(SidecarSettings settings, Progress progress) {
        // as a person finds it with docker ps
        String story = "a privileged container of %s, labelled %s, for the time of the run"
                .formatted(SidecarImage.story(settings), LABEL);
        return new HelperHost("sidecar", story, () -> start(settings, progress));
    }

    private static Helper start(SidecarSettings settings, Progress progress) {
        LocalHost here = new LocalHost();
        CompletableFuture<Void> removed = CompletableFuture.runAsync(() -> removeDead(here));
        Machine machine = HelperMachine.ofDaemon();
        byte[] helper = HelperMachine.helper(machine);
        HelperImage image = SidecarImage.of(settings, helper);
        Archive files = Archive.of(FILES, settings.files());
        SidecarLine line = new SidecarLine(new SidecarContainer.Plan(
                progress.during("preparing the image %s for the sidecar".formatted(image.name()), image::prepare),
                List.of("/" + SidecarImage.HELPER),
                image instanceof HelperImage.Imported ? files : files.with(SidecarImage.HELPER, helper),
                Map.of(LABEL, Owner.thisJvm(here.files()).toString())));
        removed.join();
        return new Helper(new HelperKernel(machine, line.output(), line.input(), line::end), line::close);
    }

    /** Leftovers of another run are no reason for this run to fail. */
    private static void removeDead(LocalHost here) {
        try {
            SidecarContainer.removeAll(LABEL, owner -> Owner.isDead(here.files(), owner));
        } catch (DockerAccessException e) {
            System.getLogger(Sidecar.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "Sidecars of runs that have ended may be left: {0}",
                            e.getMessage());
        }
    }
}
