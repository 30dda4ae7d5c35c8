package io.probeunit.internal.cli;

import io.probeunit.ProbeException;
import io.probeunit.internal.docker.Daemon;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what the argument of a command names. */
final class NamedContainers {

    private static final int NEAREST = 3;
    private static final int LISTED = 10;

    private final Daemon daemon;

    NamedContainers(Daemon daemon) {
        this.daemon = daemon;
    }

    /**
     * Finds a container.
     *
     * @param text its name, its id, or the first digits of its id
     * @throws ProbeException if there is none, or several
     */
    Daemon.Listed container(String text) {
        List<Daemon.Listed> all = daemon.containers();
        return find(text, all)
                .orElseThrow(() -> new ProbeException("There is no container '%s' (PU1401). %s"
                        .formatted(
                                text,
                                instead(
                                        text,
                                        all.stream().map(Daemon.Listed::name).toList(),
                                        "Containers"))));
    }

    /**
     * Finds a container, or makes one of an image. A container comes first.
     *
     * @param text the name or id of one of them
     * @throws ProbeException if there is no such thing, or several containers
     */
    Subject subject(String text) {
        List<Daemon.Listed> all = daemon.containers();
        Optional<Daemon.Listed> container = find(text, all);
        if (container.isPresent()) {
            Daemon.Listed its = container.get();
            return new Subject(
                    its.name(),
                    "container %s (image %s)".formatted(its.name(), its.image()),
                    daemon.container(its.id()),
                    Optional.empty(),
                    () -> {});
        }
        return daemon.image(text)
                .map(image -> of(text, image))
                .orElseThrow(() -> new ProbeException(
                        "There is no container and no image '%s' (PU1403). %s An image must be there already; 'docker pull' fetches it."
                                .formatted(
                                        text,
                                        instead(
                                                text,
                                                Stream.concat(
                                                                all.stream().map(Daemon.Listed::name),
                                                                daemon.images().stream())
                                                        .toList(),
                                                "Containers and images"))));
    }

    private Subject of(String name, Daemon.Image image) {
        Optional<Subject.MainOfImage> main =
                image.command().stream().findFirst().flatMap(first -> main(first, image));
        Daemon.Created created = daemon.create(image.id());
        return new Subject("of image " + name, "image " + name, created.container(), main, created::close);
    }

    private static Optional<Subject.MainOfImage> main(String first, Daemon.Image image) {
        return first.startsWith("/") || !first.contains("/")
                ? Optional.of(new Subject.MainOfImage(BinarySelector.parse(first), String.join(" ", image.command())))
                : Optional.empty();
    }

    private static Optional<Daemon.Listed> find(String text, List<Daemon.Listed> all) {
        Optional<Daemon.Listed> named =
                all.stream().filter(one -> one.name().equals(text)).findFirst();
        if (named.isPresent() || text.isEmpty()) {
            return named;
        }
        List<Daemon.Listed> numbered =
                all.stream().filter(one -> one.id().startsWith(text)).toList();
        if (numbered.size() > 1) {
            throw new ProbeException(
                    "The ids of several containers begin with '%s' (PU1402): %s. Give more digits, or a name."
                            .formatted(
                                    text,
                                    numbered.stream()
                                            .map(one -> "%.12s (%s)".formatted(one.id(), one.name()))
                                            .collect(Collectors.joining(", "))));
        }
        return numbered.stream().findFirst();
    }

    private static String instead(String text, List<String> names, String what) {
        if (names.isEmpty()) {
            return what + " that there are: none.";
        }
        List<String> near = NearestNames.to(text, names, NEAREST);
        return near.isEmpty()
                ? "%s that there are: %s%s."
                        .formatted(
                                what,
                                names.stream().sorted().limit(LISTED).collect(Collectors.joining(", ")),
                                names.size() > LISTED ? " and %d more".formatted(names.size() - LISTED) : "")
                : "The nearest: %s.".formatted(String.join(", ", near));
    }
}
