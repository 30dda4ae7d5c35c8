package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.ProbePoint;
import java.util.regex.Pattern;

/**
 * The names that may stand in a string of a SystemTap script.
 *
 * <p>Inside such a string, a quote or a backslash would end or change it, and in probe points {@code * ? [ ] { }} are
 * wildcards and {@code @ :} separators; names with any of these are not written, so that no text ever becomes script.
 */
final class ScriptNames {

    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z_.$][A-Za-z0-9_.$]*");
    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_./+,=~ @%-]*");

    private ScriptNames() {}

    /** Whether a point's names can be written into a script. */
    static boolean canSay(ProbePoint point) {
        if (!PATH.matcher(point.file().hostPath()).matches()) {
            return false;
        }
        if (point instanceof ProbePoint.Function function) {
            return function.symbols().stream()
                    .allMatch(symbol -> SYMBOL.matcher(symbol.unversioned()).matches());
        }
        ProbePoint.UsdtMark mark = (ProbePoint.UsdtMark) point;
        return MARK.matcher(mark.mark().provider()).matches()
                && MARK.matcher(mark.mark().name()).matches();
    }

    /** A string of the script. The text must have passed {@link #canSay}, or be our own. */
    static String quoted(String text) {
        return '"' + text + '"';
    }
}
