package io.probeunit.internal.recording;

import io.probeunit.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The recording that a test holds, from before its window opens until after it has closed. */
final class RecordingView implements ProbedRecording {

    private static final String NAME = "give the name that an annotation of this test probes";

    // fair, so that a test's thread which asks for ever cannot keep the window from closing
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private Stage stage;

    RecordingView(Stage stage) {
        this.stage = stage;
    }

    /** Asks the stage; it does not change meanwhile. */
    <T> T ask(Function<Stage, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(stage);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for the questions under way, and goes on to another stage. */
    void change(UnaryOperator<Stage> next) {
        lock.writeLock().lock();
        try {
            stage = next.apply(stage);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public ObservedFirings function(String name) {
        return firings(new Query(Query.Kind.FUNCTION, Arguments.given("function", name, NAME)));
    }

    @Override
    public ObservedFirings functionReturn(String name) {
        return firings(new Query(Query.Kind.RETURN, Arguments.given("functionReturn", name, NAME)));
    }

    @Override
    public ObservedFirings mark(String name) {
        return firings(new Query(Query.Kind.MARK, Arguments.given("mark", name, NAME)));
    }

    @Override
    public ObservedFirings firings() {
        return firings(Query.everything());
    }

    @Override
    public Loss loss() {
        return summary().loss();
    }

    @Override
    public String engine() {
        return ask(Stage::engine);
    }

    @Override
    public Summary summary() {
        return ask(Stage::summary);
    }

    @Override
    public OrderOutcome order(List<String> names) {
        return ask(stage -> {
            List<Selection> selections =
                    names.stream().map(n -> OrderNames.select(stage, n)).toList();
            List<QueryAnswer> answers = stage.answers(selections);
            List<FiringOrder.Step> steps = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                QueryAnswer answer = answers.get(i);
                steps.add(new FiringOrder.Step(names.get(i), answer.observation(), answer.firings()));
            }
            return FiringOrder.judge(steps);
        });
    }

    @Override
    public String toString() {
        return ask(s -> "Recording (%s; engine %s)".formatted(s.describe(), s.engine()));
    }

    private ObservedFirings firings(Query query) {
        return FiringsView.of(this, Selection.of(query));
    }
}
