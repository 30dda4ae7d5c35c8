package io.probeunit.internal.dwarf;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of addresses as readelf of binutils shows them. */
final class DecodedLines {

    private static final Pattern ROW = Pattern.compile("\\S+ +(\\d+|-) +0x([0-9a-f]+)(?:\\[\\d+])?( .*)?");

    private DecodedLines() {}

    /** Of several rows for an address the last; the end of a sequence is no row. */
    static Map<Long, Integer> of(Path program) {
        Map<Long, Integer> lines = new HashMap<>();
        for (String line : Compiled.run("readelf", "-W", "--debug-dump=decodedline", program.toString())) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).equals("-")) {
                lines.put(Long.parseLong(row.group(2), 16), Integer.parseInt(row.group(1)));
            }
        }
        return lines;
    }
}
