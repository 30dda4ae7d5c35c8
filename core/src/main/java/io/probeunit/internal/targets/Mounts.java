package io.probeunit.internal.targets;

import io.probeunit.internal.host.HostFiles;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code mountinfo}. */
final class Mounts {

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private Mounts() {}

    /** The mounts in the order of the file; a later one hides an earlier one at the same point. */
    static List<Mount> read(HostFiles files, String mountinfo) {
        return files.text(mountinfo).lines().map(Mounts::parse).toList();
    }

    private static Mount parse(String line) {
        String[] fields = line.split(" ");
        int separator = List.of(fields).indexOf("-");
        return new Mount(fields[2], unescape(fields[3]), unescape(fields[4]), fields[separator + 1]);
    }

    /** Blanks, tabs, newlines and backslashes are written as three octal digits. */
    private static String unescape(String text) {
        return OCTAL.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 8))));
    }
}
