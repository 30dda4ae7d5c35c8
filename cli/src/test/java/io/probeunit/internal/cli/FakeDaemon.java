package io.probeunit.internal.cli;

import io.probeunit.internal.docker.Daemon;
import io.probeunit.internal.docker.DockerAccessException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A daemon of which only names are there. */
final class FakeDaemon implements Daemon {

    final List<Listed> containers = new ArrayList<>();
    final Map<String, Image> images = new TreeMap<>();

    /** Of which image, while the container is there. */
    final List<String> created = new ArrayList<>();

    int removed;
    boolean answers = true;

    void container(String id, String name) {
        containers.add(new Listed(id, name, "shop:1", true));
    }

    @Override
    public Version version() {
        ask();
        return new Version("29.4", "1.52", "6.12", "amd64");
    }

    @Override
    public List<Listed> containers() {
        ask();
        return List.copyOf(containers);
    }

    @Override
    public Object container(String id) {
        return "container " + id;
    }

    @Override
    public List<String> images() {
        ask();
        return List.copyOf(images.keySet());
    }

    @Override
    public Optional<Image> image(String name) {
        ask();
        return Optional.ofNullable(images.get(name));
    }

    @Override
    public Created create(String image) {
        created.add(image);
        return new Created() {
            @Override
            public Object container() {
                return "files of " + image;
            }

            @Override
            public void close() {
                created.remove(image);
                removed++;
            }
        };
    }

    private void ask() {
        if (!answers) {
            throw new DockerAccessException("No Docker daemon can be reached.", new IllegalStateException());
        }
    }
}
