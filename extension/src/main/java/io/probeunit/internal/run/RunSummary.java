package io.probeunit.internal.run;

import io.probeunit.internal.report.JobSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** The tests of a run whose expectations are not met, for the job summary of GitHub Actions. Thread-safe. */
public final class RunSummary {

    private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    private final JobSummary summary = new JobSummary();

    /**
     * Adds a test whose expectations are not met.
     *
     * @param timeline of its class, if there is one
     */
    public void add(String testClass, String test, String verdict, Optional<Path> timeline) {
        summary.add(testClass, test, verdict, timeline.map(Path::toString));
    }

    /** Appends it where GitHub asks for it. Never fails: problems go to the log. */
    void write(Map<String, String> environment, ReportTrouble trouble) {
        Optional<String> file = Optional.ofNullable(environment.get(VARIABLE)).filter(name -> !name.isBlank());
        Optional<String> text = summary.markdown();
        if (file.isEmpty() || text.isEmpty()) {
            return;
        }
        try {
            Files.writeString(Path.of(file.get()), text.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            trouble.tell("job summary", "all tests", e);
        }
    }
}
