package io.probeunit.internal.recording;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.Expectation;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * While the window is open: each question draws a barrier.
 *
 * @param view the points of the test
 * @param windows the part of each session that belongs to this window
 * @param zero when the first session's part opened
 */
record OpenStage(View view, Map<SessionRecorder, SessionWindow> windows, long zero) implements Stage {

    /** Opens a part of each session; none stays open if one cannot be opened. */
    static OpenStage open(View view, List<Expectation> expectations) {
        Map<SessionRecorder, SessionWindow> windows = new LinkedHashMap<>();
        WantedStacks stacks = WantedStacks.of(view, expectations);
        try {
            view.sessions()
                    .forEach((session, points) -> windows.put(session, session.openWindow(points, stacks.in(session))));
        } catch (RuntimeException e) {
            windows.forEach(SessionRecorder::end);
            throw e;
        }
        long zero = windows.values().stream()
                .findFirst()
                .map(SessionWindow::openedAt)
                .orElse(0L);
        return new OpenStage(view, windows, zero);
    }

    /** Draws a barrier on the sessions of these points. */
    WindowState look(Collection<PointView> points) {
        Map<SessionRecorder, SessionState> readings = new LinkedHashMap<>();
        for (PointView point : points) {
            readings.computeIfAbsent(point.recorder(), session -> session.read(window(session)));
        }
        List<Doubt> ofProgram = readings.values().stream()
                .flatMap(SessionState::ofProgram)
                .distinct()
                .toList();
        Map<PointView, PointState> states = new HashMap<>();
        points.forEach(p -> states.put(p, reading(readings, p.recorder()).of(p).withDoubts(ofProgram)));
        long nanos =
                readings.values().stream().mapToLong(SessionState::nanos).max().orElse(zero);
        List<String> notes = readings.values().stream()
                .flatMap(r -> r.notes().stream())
                .distinct()
                .sorted()
                .toList();
        return new WindowState(zero, nanos, states, notes);
    }

    /** Draws the closing barriers. */
    FrozenStage freeze() {
        return new FrozenStage(view, look(view.points()));
    }

    /** Gives the sessions free for the next window. */
    void end() {
        windows.forEach(SessionRecorder::end);
    }

    @Override
    public boolean isProbed(Query query) {
        return view.isProbed(query);
    }

    @Override
    public void check(Selection selection) {
        Stage.filters(view, selection);
    }

    @Override
    public List<QueryAnswer> answers(List<Selection> selections) {
        List<List<PointFilter>> questions =
                selections.stream().map(s -> Stage.filters(view, s)).toList();
        WindowState known = look(questions.stream()
                .flatMap(List::stream)
                .map(PointFilter::point)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        return questions.stream().map(q -> new QueryAnswer(q, known)).toList();
    }

    @Override
    public Summary summary() {
        return Summary.of(engine(), view.points(), look(view.points()));
    }

    @Override
    public String engine() {
        return view.engine();
    }

    @Override
    public String describe() {
        return "the window is open";
    }

    private SessionWindow window(SessionRecorder session) {
        SessionWindow window = windows.get(session);
        if (window == null) {
            throw new IllegalStateException("no window on the session of " + session.target());
        }
        return window;
    }

    private static SessionState reading(Map<SessionRecorder, SessionState> readings, SessionRecorder session) {
        SessionState reading = readings.get(session);
        if (reading == null) {
            throw new IllegalStateException("nothing was read of the session of " + session.target());
        }
        return reading;
    }
}
