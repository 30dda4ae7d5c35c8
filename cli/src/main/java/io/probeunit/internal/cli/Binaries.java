package io.probeunit.internal.cli;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.BinarySelector;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Reads a binary of what an argument names. */
final class Binaries {

    private final NamedContainers containers;
    private final Consumer<String> notes;

    /**
     * What was read.
     *
     * @param of the container or image, for headings
     * @param content of the file
     */
    record Read<T>(String of, T content) {}

    /**
     * Prepares to read.
     *
     * @param notes takes sentences that are no part of the result
     */
    Binaries(NamedContainers containers, Consumer<String> notes) {
        this.containers = containers;
        this.notes = notes;
    }

    /**
     * Reads one.
     *
     * @param text names the container or image
     * @param binary which file; empty for the main executable
     * @param reading of the file
     * @return what was read, and of what
     * @throws ProbeException if there is no such container, image or file, or the file is no binary
     */
    <T> Read<T> read(String text, Optional<String> binary, BiFunction<Subject, BinarySelector, T> reading) {
        // before a container is made
        BinarySelector named = BinarySelector.parse(binary.orElse(""));
        try (Subject subject = containers.subject(text)) {
            return new Read<>(
                    subject.title(),
                    binary.isEmpty() && subject.main().isPresent()
                            ? main(subject, subject.main().get(), reading)
                            : reading.apply(subject, named));
        }
    }

    /** An image has no process that would show what its command becomes. */
    private <T> T main(Subject subject, Subject.MainOfImage main, BiFunction<Subject, BinarySelector, T> reading) {
        T result;
        try {
            result = reading.apply(subject, main.binary());
        } catch (ProbeException e) {
            throw new ProbeException(
                    "No binary is named, so the first word of the command of %s was looked at, which is '%s' (PU1405). %s If that word only starts the program that is meant, name its file."
                            .formatted(subject.title(), main.command(), e.getMessage()),
                    e);
        }
        notes.accept("No binary is named; this is the first word of the command of %s, which is '%s'."
                .formatted(subject.title(), main.command()));
        return result;
    }
}
