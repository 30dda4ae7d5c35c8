package io.probeunit.internal.plan;

import java.util.regex.Pattern;

/** Turns a glob into a regular expression. */
final class GlobSyntax {

    private GlobSyntax() {}

    static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> {
                    int end = endOfSet(glob, i);
                    regex.append(set(glob.substring(i + 1, end)));
                    i = end;
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        return Pattern.compile(regex.toString());
    }

    private static int endOfSet(String glob, int start) {
        int first = glob.startsWith("!", start + 1) ? start + 2 : start + 1;
        int end = glob.indexOf(']', first + 1);
        if (end < 0) {
            throw new PlanException(
                    "The glob '%s' opens a set with '[' and does not close it (PU0207); write for example 'sort_[abc]'."
                            .formatted(glob));
        }
        return end;
    }

    private static String set(String members) {
        boolean negated = members.startsWith("!");
        String body = negated ? members.substring(1) : members;
        StringBuilder regex = new StringBuilder(negated ? "[^" : "[");
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            boolean range = c == '-' && i > 0 && i < body.length() - 1;
            if (range && body.charAt(i - 1) > body.charAt(i + 1)) {
                throw new PlanException("The range '%s' in the glob set [%s] runs backwards (PU0208); write '%s-%s'."
                        .formatted(body.substring(i - 1, i + 2), members, body.charAt(i + 1), body.charAt(i - 1)));
            }
            regex.append(range || Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c);
        }
        return regex.append(']').toString();
    }
}
