package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.stream.Collectors;

/** A question to a recording, asked anew by each call. */
final class FiringsView implements ObservedFirings {

    private final RecordingView recording;
    private final Selection selection;

    private FiringsView(RecordingView recording, Selection selection) {
        this.recording = recording;
        this.selection = selection;
    }

    /** Refuses at once what is not there. */
    static FiringsView of(RecordingView recording, Selection selection) {
        recording.ask(stage -> {
            stage.check(selection);
            return selection;
        });
        return new FiringsView(recording, selection);
    }

    @Override
    public long count() {
        QueryAnswer answer = answer();
        Observation seen = answer.observation();
        if (!seen.isExact()) {
            throw new ProbeException("The count of %s is not known. It fired %s: %s."
                    .formatted(selection.describe(), seen.describe(), String.join("; ", seen.doubtsOfCount())));
        }
        return seen.certain();
    }

    @Override
    public List<Firing> list() {
        QueryAnswer answer = answer();
        List<Doubt> lost = answer.lost();
        if (!lost.isEmpty()) {
            throw new ProbeException("The firings of %s are not known: %s."
                    .formatted(
                            selection.describe(), lost.stream().map(Doubt::text).collect(Collectors.joining("; "))));
        }
        return answer.firings();
    }

    @Override
    public Observation observe() {
        return answer().observation();
    }

    @Override
    public String describe() {
        return selection.describe();
    }

    @Override
    public ObservedFirings in(String container) {
        return of(recording, selection.in(Arguments.given("in", container, "give the name of a target")));
    }

    @Override
    public ObservedFirings where(String condition) {
        return of(
                recording,
                selection.where(Arguments.given("where", condition, "give a condition, such as \"arg1 == 42\"")));
    }

    @Override
    public String toString() {
        return "Firings of " + describe();
    }

    private QueryAnswer answer() {
        return recording.ask(stage -> stage.answer(selection));
    }
}
