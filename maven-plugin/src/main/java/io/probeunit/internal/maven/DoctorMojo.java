package io.probeunit.internal.maven;

import io.probeunit.internal.cli.Diagnosis;
import io.probeunit.internal.cli.DiagnosisText;
import io.probeunit.internal.cli.ThisMachine;
import java.util.function.BiFunction;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Says which engines work on which hosts, why the others do not, and what to do. Fails if none works. */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public final class DoctorMojo extends AbstractMojo {

    private final BiFunction<String, String, Diagnosis> examine;

    /** What arms the probes: AUTO, STAP, UPROBE or PERF. */
    @Parameter(property = "probeunit.engine", defaultValue = "AUTO")
    private String engine = "";

    /** Where its tools run: AUTO, LOCAL, SIDECAR or CONTAINER. */
    @Parameter(property = "probeunit.host", defaultValue = "AUTO")
    private String host = "";

    /** Made by Maven. */
    public DoctorMojo() {
        this(ThisMachine::examine);
    }

    DoctorMojo(BiFunction<String, String, Diagnosis> examine) {
        this.examine = examine;
    }

    @Override
    public void execute() throws MojoFailureException {
        Diagnosis diagnosis = examined();
        DiagnosisText.lines(diagnosis).forEach(getLog()::info);
        if (!diagnosis.works()) {
            throw new MojoFailureException(
                    "No engine can arm probes here (PU1409). The lines above say why, and what to do.");
        }
    }

    private Diagnosis examined() throws MojoFailureException {
        try {
            return examine.apply(engine, host);
        } catch (RuntimeException e) {
            throw new MojoFailureException(String.valueOf(e.getMessage()), e);
        }
    }
}
