package io.probeunit.internal.engine;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.FunctionCode;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.host.FileContent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The marks of a binary as they are found for probes.
 *
 * @param marks that can be probed, with all their sites
 * @param leftOut those of which nothing can be probed, each once
 */
public record MarkList(List<Mark> marks, List<Resolved.LeftOut> leftOut) {

    /** Takes copies of the lists. */
    public MarkList {
        marks = List.copyOf(marks);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Lists marks.
     *
     * @param file a binary
     * @param content of the same file, whose code is looked at
     * @return its marks; none if it has none
     */
    public static MarkList of(BinaryFile file, FileContent content) {
        List<Resolved.LeftOut> within = ExaminedMarks.withinInstructions(file.marks(), new FunctionCode(file, content));
        Set<String> refused = within.stream().map(Resolved.LeftOut::name).collect(Collectors.toSet());
        List<Mark> marks = file.marks().stream()
                .filter(mark -> !refused.contains(mark.qualifiedName()))
                .toList();
        Set<String> probed = marks.stream().map(Mark::qualifiedName).collect(Collectors.toSet());
        Stream<Resolved.LeftOut> notes = file.leftOutMarks().stream()
                .filter(mark -> !probed.contains(mark.qualifiedName()))
                .map(mark -> new Resolved.LeftOut(mark.qualifiedName(), mark.cause()));
        return new MarkList(
                marks, Stream.concat(within.stream(), notes).distinct().toList());
    }
}
