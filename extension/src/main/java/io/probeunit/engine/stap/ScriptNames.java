package io.probeunit.engine.stap;

import io.probeunit.binary.FunctionSymbol;
import io.probeunit.engine.ProbePoint;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that may stand in a string of a SystemTap script.
 *
 * <p>Inside such a string, a quote or a backslash would end or change it, and in probe points {@code * ? [ ] { }} are
 * wildcards and {@code @ :} separators; names with any of these are refused, so that no text ever becomes script.
 */
final class ScriptNames {

    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z_.$][A-Za-z0-9_.$]*");
    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_./+,=~ @%-]*");

    private ScriptNames() {}

    /** Why a point's names cannot be written into a script; empty if they can. */
    static Optional<String> refusal(ProbePoint point) {
        String path = point.file().hostPath();
        if (!PATH.matcher(path).matches()) {
            return Optional.of(
                    "the path %s holds characters that SystemTap would read as a pattern or as the end of a string"
                            .formatted(path));
        }
        if (point instanceof ProbePoint.Function function) {
            return function.symbols().stream()
                    .map(FunctionSymbol::name)
                    .filter(name -> !SYMBOL.matcher(name).matches())
                    .findFirst()
                    .map(name ->
                            "the symbol '%s' holds characters that SystemTap would read as a pattern".formatted(name));
        }
        ProbePoint.UsdtMark mark = (ProbePoint.UsdtMark) point;
        boolean plain = MARK.matcher(mark.mark().provider()).matches()
                && MARK.matcher(mark.mark().name()).matches();
        return plain
                ? Optional.empty()
                : Optional.of(
                        "the name %s holds characters that SystemTap would read as a pattern".formatted(mark.name()));
    }

    /** A string of the script. The text must have passed {@link #refusal}. */
    static String quoted(String text) {
        return '"' + text + '"';
    }
}
