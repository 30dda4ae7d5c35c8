package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.Owner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The daemon that Testcontainers uses. */
public final class DockerDaemon implements Daemon {

    /** By which containers made for their files are known; the value says whose they are. */
    static final String LABEL = "io.probeunit.files";

    /** Never run; without a command, an image that has none makes no container. */
    private static final String NO_COMMAND = "/never-started";

    @Override
    public Version version() {
        return ask(docker -> {
            var version = docker.versionCmd().exec();
            return new Version(
                    Objects.requireNonNullElse(version.getVersion(), "?"),
                    Objects.requireNonNullElse(version.getApiVersion(), "?"),
                    Objects.requireNonNullElse(version.getKernelVersion(), "?"),
                    Objects.requireNonNullElse(version.getArch(), "?"));
        });
    }

    @Override
    public List<Listed> containers() {
        return ask(docker -> docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(c -> new Listed(
                        c.getId(),
                        // links of other containers are names too, with one more slash
                        Stream.of(Objects.requireNonNullElse(c.getNames(), new String[0]))
                                .map(name -> name.replaceFirst("^/", ""))
                                .filter(name -> !name.contains("/"))
                                .findFirst()
                                .orElse(""),
                        Objects.requireNonNullElse(c.getImage(), "?"),
                        "running".equals(c.getState()) || "paused".equals(c.getState())))
                .toList());
    }

    @Override
    public Object container(String id) {
        return new ExistingContainer(id);
    }

    @Override
    public List<String> images() {
        return ask(docker -> docker.listImagesCmd().exec().stream()
                .flatMap(image -> Stream.of(Objects.requireNonNullElse(image.getRepoTags(), new String[0])))
                .filter(name -> !name.startsWith("<none>"))
                .toList());
    }

    @Override
    public Optional<Image> image(String name) {
        return ask(docker -> {
            try {
                var image = docker.inspectImageCmd(name).exec();
                return Optional.of(new Image(String.valueOf(image.getId()), command(image.getConfig())));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private static List<String> command(ContainerConfig config) {
        return Stream.of(config.getEntrypoint(), config.getCmd())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .toList();
    }

    @Override
    public Created create(String image) {
        HostFiles here = new LocalHost().files();
        return ask(docker -> {
            SidecarContainer.removeAll(LABEL, owner -> Owner.isDead(here, owner));
            Map<String, String> labels = new HashMap<>(DockerClientFactory.DEFAULT_LABELS);
            labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
            labels.put(LABEL, Owner.thisJvm(here).toString());
            ForFiles made = new ForFiles(docker);
            try {
                made.create(docker.createContainerCmd(image).withCmd(NO_COMMAND).withLabels(labels));
            } catch (RuntimeException e) {
                made.close();
                throw e;
            }
            return made;
        });
    }

    /** Removed when it is closed, or when this JVM ends by a signal before. */
    private static final class ForFiles implements Created {
        private final DockerClient docker;
        private final Thread atTheEnd = new Thread(this::remove, "probeunit-remove-container");
        private Optional<String> id = Optional.empty();
        private boolean removed;

        ForFiles(DockerClient docker) {
            this.docker = docker;
            Runtime.getRuntime().addShutdownHook(atTheEnd);
        }

        /** A signal waits until it is known what there is to remove. */
        synchronized void create(CreateContainerCmd command) {
            if (removed) {
                throw new IllegalStateException("this JVM is ending");
            }
            id = Optional.of(command.exec().getId());
        }

        @Override
        public synchronized Object container() {
            return new ExistingContainer(id.orElseThrow());
        }

        @Override
        public void close() {
            remove();
            try {
                Runtime.getRuntime().removeShutdownHook(atTheEnd);
            } catch (IllegalStateException ending) {
                // it runs, and has nothing to do
            }
        }

        private synchronized void remove() {
            removed = true;
            id.ifPresent(one -> SidecarContainer.remove(docker, one));
            id = Optional.empty();
        }
    }

    /** docker-java has no type of its own for a daemon that cannot be reached. */
    private static <T> T ask(Function<DockerClient, T> question) {
        try {
            return question.apply(SidecarContainer.client());
        } catch (DockerAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DockerAccessException("The Docker daemon did not answer (PU1404): " + e.getMessage(), e);
        }
    }
}
