package io.probeunit.conformance.kit;

import io.probeunit.conformance.truth.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A container of programs that are run by {@code docker exec}, and say themselves what they have done. */
public final class ProgramsContainer extends GenericContainer<ProgramsContainer> {

    /** The image is the stage {@code programs} of a folder of the test resources. */
    public ProgramsContainer(String folder) {
        this(folder, "programs");
    }

    /** The image is one stage of a folder of the test resources: {@code emulators} of {@code cases} has more programs. */
    public ProgramsContainer(String folder, String stage) {
        super(TestImage.of(folder, stage));
        waitingFor(Wait.forSuccessfulCommand("true"));
    }

    /** Runs a program to its end, which says what it has done in one line; see {@link Answer}. */
    public Answer run(String... command) {
        return Answer.parse(String.join(" ", command), exec(command).getStdout());
    }

    /** Runs a program to its end, which must be a good one; the lines that it printed. */
    public List<String> lines(String... command) {
        ExecResult result = exec(command);
        if (result.getExitCode() != 0) {
            throw new IllegalStateException("'%s' ended badly: %s".formatted(String.join(" ", command), result));
        }
        return result.getStdout().lines().toList();
    }

    /** Runs a program to its end, whatever that is: a status above 128 tells the signal. */
    public ExecResult exec(String... command) {
        try {
            return execInContainer(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a program that prints {@code ready}, and then answers what it reads; it ends with the container, or before. */
    public ServingProgram start(String... command) {
        return ServingProgram.start(this, command);
    }
}
