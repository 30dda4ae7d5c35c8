package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs SystemTap's translator on a session's script. */
final class Compiler {

    /** What SystemTap says where it needs more of its library than it is shown. */
    private static final String UNRESOLVED = "unresolved function";

    private final Host host;
    private final StapSettings settings;

    Compiler(Host host, StapSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** Turns the script in the folder into an object beside it. */
    void compile(SessionFolder folder) throws InterruptedException {
        host.files().delete(folder.object());
        Optional<String> tapset = Tapset.create(host.files(), settings.command(), folder.tapset());
        Tool.Result result = run(folder, tapset);
        if (tapset.isPresent() && result.errors().contains(UNRESOLVED)) {
            result = run(folder, Optional.empty());
        }
        if (result.status().isEmpty()) {
            throw new EngineException("SystemTap did not compile the probes within %s (probeunit.arm.timeout) (PU1101)."
                    .formatted(Tool.words(settings.armTimeout())));
        }
        int status = result.status().getAsInt();
        if (status != 0 || !host.files().exists(folder.object())) {
            throw new EngineException("SystemTap could not compile the probes (status %d) (PU1102): %s"
                    .formatted(status, story(result.errors())));
        }
    }

    private Tool.Result run(SessionFolder folder, Optional<String> tapset) throws InterruptedException {
        Command command = new Command(
                List.of(
                        settings.command(),
                        "--runtime=bpf",
                        "-g",
                        "--prologue-searching=never",
                        "-r",
                        folder.tree(),
                        "-p4",
                        "-m",
                        folder.name(),
                        folder.script()),
                environment(folder, tapset),
                folder.path());
        return Tool.run(host, command, settings.armTimeout());
    }

    /** All that SystemTap writes goes into the session's folder, its cache and its temporary files included. */
    private Map<String, String> environment(SessionFolder folder, Optional<String> tapset) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SYSTEMTAP_DIR", folder.path() + "/systemtap");
        environment.put("TMPDIR", folder.path());
        tapset.ifPresent(path -> environment.put(Tapset.VARIABLE, path));
        environment.putAll(settings.environment());
        return environment;
    }

    private static String story(String errors) {
        String text = errors.lines()
                .filter(line -> !line.startsWith("WARNING: cannot find module"))
                .filter(line -> !line.isBlank())
                .limit(20)
                .reduce((a, b) -> a + "\n  " + b)
                .orElse("it printed nothing");
        return "\n  " + text;
    }
}
