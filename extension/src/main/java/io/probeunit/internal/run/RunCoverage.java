package io.probeunit.internal.run;

import io.probeunit.internal.coverage.CoverageFolder;
import io.probeunit.internal.coverage.TestCoverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of a run have counted; its report is written when the run ends. Thread-safe. */
public final class RunCoverage {

    private static final System.Logger LOG = System.getLogger("io.probeunit");

    private final Map<Path, List<TestCoverage>> tests = new ConcurrentHashMap<>();

    /**
     * Adds what one test saw.
     *
     * @param folder for the report
     */
    public void add(Path folder, TestCoverage test) {
        tests.compute(folder, (f, known) -> {
            List<TestCoverage> all = known == null ? new ArrayList<>() : known;
            all.add(test);
            return all;
        });
    }

    /** Writes the report, if something was counted. Never fails: problems go to the log. */
    void report(ReportTrouble trouble) {
        tests.forEach((folder, its) -> {
            try {
                Path page = new CoverageFolder(folder).add(its);
                LOG.log(System.Logger.Level.INFO, "Report of coverage: {0}", page);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                trouble.tell("report of coverage", "all tests", e);
            }
        });
    }
}
