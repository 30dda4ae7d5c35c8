package io.probeunit.internal.cli;

import io.probeunit.internal.plan.BinarySelector;
import java.util.Optional;

/**
 * A container whose files are looked at.
 *
 * @param name as a part of messages, after the word container
 * @param title for headings
 * @param container as {@link io.probeunit.internal.docker.DockerContainer#of} knows it
 * @param main the main executable, if an image says it and no process does
 * @param atEnd is done with it
 */
record Subject(String name, String title, Object container, Optional<MainOfImage> main, Runnable atEnd)
        implements AutoCloseable {

    /**
     * The first word of an image's command.
     *
     * @param binary the file
     * @param command all words
     */
    record MainOfImage(BinarySelector binary, String command) {}

    @Override
    public void close() {
        atEnd.run();
    }
}
