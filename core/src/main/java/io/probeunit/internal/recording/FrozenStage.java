package io.probeunit.internal.recording;

import java.util.List;

/**
 * After the window: does not ask the engine any more.
 *
 * @param view the points of the test
 * @param known all that was known at the closing barriers
 */
record FrozenStage(View view, WindowState known) implements Stage {

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
        return selections.stream()
                .map(s -> new QueryAnswer(Stage.filters(view, s), known))
                .toList();
    }

    @Override
    public Summary summary() {
        return Summary.of(engine(), view.points(), known);
    }

    @Override
    public String engine() {
        return view.engine();
    }

    @Override
    public String describe() {
        return "the window has closed";
    }
}
