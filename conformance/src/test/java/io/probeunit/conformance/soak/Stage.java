package io.probeunit.conformance.soak;

import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where a generated class does what its plan says; it finds its stage by its seed. */
public final class Stage implements AutoCloseable {

    private static final Map<Long, Stage> STAGES = new ConcurrentHashMap<>();

    private final ProgramsContainer container;
    private final Shell shell;
    private final Plan plan;
    private final Optional<ServingProgram> server;
    private boolean serves;
    private final Map<Integer, List<String>> written = new LinkedHashMap<>();
    private final Map<Integer, String> died = new LinkedHashMap<>();

    private Stage(ProgramsContainer container, Shell shell, Plan plan, Optional<ServingProgram> server) {
        this.container = container;
        this.shell = shell;
        this.plan = plan;
        this.server = server;
        serves = server.isPresent();
    }

    /** Prepares a container that runs. */
    static Stage set(ProgramsContainer container, Shell shell, Plan plan) {
        shell.lines("cp %1$s %2$sfirst && cp %1$s-second %2$ssecond".formatted(plan.path(), Plan.KEPT));
        Optional<ServingProgram> server =
                plan.server().isEmpty() ? Optional.empty() : Optional.of(container.start(plan.path()));
        server.ifPresent(s -> s.ask(String.join(" ", plan.server())));
        Stage stage = new Stage(container, shell, plan, server);
        STAGES.put(plan.seed(), stage);
        return stage;
    }

    /** The stage of the plan with this seed. */
    public static Stage of(long seed) {
        return STAGES.get(seed);
    }

    /** What is probed. */
    public ProgramsContainer container() {
        return container;
    }

    /** Does what is to be done before a window. */
    public void before(int window) {
        plan.windows().get(window).before().forEach(action -> act(action, new ArrayList<>(), -1));
    }

    /** Does what is to be done in a window. */
    public void during(int window) {
        List<String> lines = new ArrayList<>();
        written.put(window, lines);
        plan.windows().get(window).during().forEach(action -> act(action, lines, window));
    }

    /** What the programs wrote in a window; empty if its test never began. */
    Optional<Lines> written(int window) {
        return Optional.ofNullable(written.get(window)).map(Lines::of);
    }

    /** How a program ended badly in a window, if one did. */
    Optional<String> died(int window) {
        return Optional.ofNullable(died.get(window));
    }

    private void act(Action action, List<String> lines, int window) {
        if (action instanceof Action.Change change) {
            shell.lines(change.command());
        } else if (action instanceof Action.Run run) {
            Shell.Result result = shell.run(plan.path() + " " + String.join(" ", run.words()));
            lines.addAll(result.lines());
            if (result.status() != 0) {
                died.merge(window, "status " + result.status(), (a, b) -> a + ", " + b);
            }
        } else if (action instanceof Action.Ask ask && serves) {
            try {
                lines.addAll(server.orElseThrow().ask(String.join(" ", ask.words())));
            } catch (IllegalStateException ended) {
                serves = false;
                died.merge(window, "the server", (a, b) -> a + ", " + b);
            }
        }
    }

    @Override
    public void close() {
        STAGES.remove(plan.seed());
        server.ifPresent(ServingProgram::close);
    }
}
