package io.probeunit.internal.report;

import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Verdict;
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
        return worst(judgement.verdicts().stream().map(VerdictWord::of).toList());
    }

    /**
     * Says whether a word is that of a verdict that is met.
     *
     * @param word one of the three
     * @return false for the two others
     */
    public static boolean isMet(String word) {
        return word.equals(MET);
    }

    /**
     * The worst of some words.
     *
     * @param words those of verdicts
     * @return {@code unmet} before {@code inconclusive} before {@code met}, which is that of no words
     */
    public static String worst(List<String> words) {
        return words.contains(UNMET) ? UNMET : words.contains(INCONCLUSIVE) ? INCONCLUSIVE : MET;
    }

    /**
     * The word for a verdict by samples.
     *
     * @param met whether it is met
     * @param inconclusive whether nothing can be said; then it is not met
     * @return one of the three
     */
    public static String of(boolean met, boolean inconclusive) {
        return met ? MET : inconclusive ? INCONCLUSIVE : UNMET;
    }

    static String of(Verdict verdict) {
        if (verdict.isMet()) {
            return MET;
        }
        return verdict instanceof Verdict.Unmet ? UNMET : INCONCLUSIVE;
    }
}
