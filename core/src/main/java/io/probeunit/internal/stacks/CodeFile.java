package io.probeunit.internal.stacks;

import io.probeunit.Frame;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.dwarf.DebugInformation;
import io.probeunit.internal.dwarf.DwarfException;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.unwind.ElfImage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file with code.
 *
 * @param image as it is mapped
 * @param functions its names; empty if its symbols cannot be read
 * @param debugInformation its lines; empty if it has none
 */
record CodeFile(ElfImage image, Optional<FunctionsByAddress> functions, Optional<DebugInformation> debugInformation) {

    static CodeFile of(ElfImage image, BinaryFile file) {
        return new CodeFile(image, Optional.of(FunctionsByAddress.of(file)), debugInformation(file));
    }

    private static Optional<DebugInformation> debugInformation(BinaryFile file) {
        try {
            return file.debugInformation();
        } catch (HostException unreadable) {
            return Optional.empty();
        }
    }

    String function(long place) {
        return functions.flatMap(names -> names.at(place)).orElse(Frame.UNKNOWN);
    }

    /** A stack is worth something without lines too. */
    Optional<Frame.Source> source(long place) {
        OptionalLong address = image.address(place);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return debugInformation
                    .flatMap(lines -> lines.line(address.getAsLong()))
                    .map(line -> new Frame.Source(line.file(), line.line()));
        } catch (DwarfException | HostException unreadable) {
            return Optional.empty();
        }
    }
}
