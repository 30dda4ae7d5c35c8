package io.probeunit.host.sidecar;

import io.probeunit.docker.DockerAccessException;
import io.probeunit.docker.HelperImage;
import io.probeunit.docker.PrivilegedHelper;
import io.probeunit.host.Command;
import io.probeunit.host.LocalHost;
import io.probeunit.host.Owner;
import io.probeunit.host.remote.HostAgent;
import io.probeunit.host.remote.RemoteHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A privileged container of ours on the machine of the Docker daemon, wherever that is: the JVM needs no right but to speak
 * with the daemon.
 *
 * <p>It sees all processes of that machine. Its main process is {@link HostAgent}, which ends when this JVM does; the daemon
 * then removes the container.
 */
public final class Sidecar {

    /** By which our containers are known; the value says whose they are. */
    static final String LABEL = "io.probeunit.sidecar";

    /** A small program that runs for seconds, mostly. */
    private static final List<String> JAVA =
            List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx512m");

    private Sidecar() {}

    /**
     * The machine, through a sidecar that is started when something is asked for the first time.
     *
     * @param settings how it is made
     * @return a host; closing it removes the sidecar
     */
    public static RemoteHost host(SidecarSettings settings) {
        HelperImage image = SidecarImage.of(settings.image());
        return new RemoteHost("sidecar", helper(image), () -> start(settings, image));
    }

    /** As a person finds it with {@code docker ps}. */
    private static String helper(HelperImage image) {
        return "a privileged container of the image %s, labelled %s, for the time of the run"
                .formatted(image.name(), LABEL);
    }

    /**
     * How one of our own programs is started on such a host.
     *
     * @param main the name of its main class
     * @return the command
     */
    public static Command java(String main) {
        List<String> words = new ArrayList<>(JAVA);
        words.add("-cp");
        words.add(OwnClasses.files().stream().map(PrivilegedHelper::pathOf).collect(Collectors.joining(":")));
        words.add(main);
        return new Command(words, Map.of(), "/");
    }

    private static SidecarLine start(SidecarSettings settings, HelperImage image) {
        LocalHost here = new LocalHost();
        removeDead(here);
        return new SidecarLine(new PrivilegedHelper.Plan(
                image.prepare(),
                java(HostAgent.class.getName()).words(),
                Stream.concat(OwnClasses.files().stream(), settings.files().stream())
                        .toList(),
                Map.of(LABEL, Owner.thisJvm(here.files()).toString())));
    }

    /** What another run has left disturbs nobody so much that this one should fail for it. */
    private static void removeDead(LocalHost here) {
        try {
            PrivilegedHelper.removeAll(LABEL, owner -> Owner.isDead(here.files(), owner));
        } catch (DockerAccessException e) {
            System.getLogger(Sidecar.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "Sidecars of runs that have ended may be left: {0}",
                            e.getMessage());
        }
    }
}
