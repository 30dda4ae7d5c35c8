package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names that tables of one file refer to. Several tables may share a table of names, which is read once. */
final class StringTables {

    private final Sections sections;
    private final FileContent content;
    private final Map<Integer, Optional<Strings>> read = new HashMap<>();

    StringTables(Sections sections, FileContent content) {
        this.sections = sections;
        this.content = content;
    }

    /** Those that a table refers to; empty if they are not in the file. */
    Optional<Strings> of(Sections.Header table) {
        return read.computeIfAbsent(
                table.link(),
                link -> sections.at(link).filter(Sections.Header::inFile).map(names -> new Strings(content, names)));
    }
}
