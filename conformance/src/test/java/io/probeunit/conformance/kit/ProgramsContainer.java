package io.probeunit.conformance.kit;

import io.probeunit.conformance.truth.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A container of programs that are run by {@code docker exec}, and say what they have done in one line. */
public final class ProgramsContainer extends GenericContainer<ProgramsContainer> {

    /** Builds the image from a folder of the test resources, under the folder's name. */
    public ProgramsContainer(String folder) {
        super(TestImage.of(folder));
        waitingFor(Wait.forSuccessfulCommand("true"));
    }

    /** Runs a program to its end. */
    public Answer run(String... command) {
        try {
            ExecResult result = execInContainer(command);
            return Answer.parse(String.join(" ", command), result.getStdout());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
