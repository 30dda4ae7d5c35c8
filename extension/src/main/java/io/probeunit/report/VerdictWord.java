package io.probeunit.report;

import io.probeunit.recording.Judgement;
import io.probeunit.recording.Verdict;
import java.util.List;

/** Verdicts in one word, as reports have them. */
public final class VerdictWord {

    private static final String MET = "met";
    private static final String UNMET = "unmet";
    private static final String INCONCLUSIVE = "inconclusive";

    private VerdictWord() {}

    /**
     * The word for a test: the worst of its verdicts.
     *
     * @param judgement what became of the test's expectations
     * @return {@code unmet} before {@code inconclusive} before {@code met}
     */
    public static String of(Judgement judgement) {
        List<String> words = judgement.verdicts().stream().map(VerdictWord::of).toList();
        return words.contains(UNMET) ? UNMET : words.contains(INCONCLUSIVE) ? INCONCLUSIVE : MET;
    }

    static String of(Verdict verdict) {
        if (verdict.isMet()) {
            return MET;
        }
        return verdict instanceof Verdict.Unmet ? UNMET : INCONCLUSIVE;
    }
}
