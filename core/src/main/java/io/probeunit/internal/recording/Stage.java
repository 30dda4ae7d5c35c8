package io.probeunit.internal.recording;

import java.util.List;

/** Where a window is in its life; answers questions as of now. */
sealed interface Stage permits PlannedStage, OpenStage, FrozenStage {

    /** Says whether something of that name is probed, ambiguous or not. */
    boolean isProbed(Query query);

    /** Refuses a question that names what is not there; draws no barrier. */
    void check(Selection selection);

    /** Answers questions, all as of the same moment. */
    List<QueryAnswer> answers(List<Selection> selections);

    /** Answers a question. */
    default QueryAnswer answer(Selection selection) {
        return answers(List.of(selection)).get(0);
    }

    /** All that is known. */
    Summary summary();

    /** The engine's name. */
    String engine();

    /** The stage in words. */
    String describe();

    /** The points of a selection, each with its conditions. */
    static List<PointFilter> filters(View view, Selection selection) {
        return view.find(selection).stream()
                .map(p -> ConditionsInCode.filter(p, selection.conditions()))
                .toList();
    }
}
