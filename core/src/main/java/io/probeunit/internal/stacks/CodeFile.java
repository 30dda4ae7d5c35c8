package io.probeunit.internal.stacks;

import io.probeunit.Frame;
import io.probeunit.internal.unwind.ElfImage;
import java.util.Optional;

/**
 * A file with code.
 *
 * @param image as it is mapped
 * @param functions its names; empty if its symbols cannot be read
 */
record CodeFile(ElfImage image, Optional<FunctionsByAddress> functions) {

    String function(long place) {
        return functions.flatMap(names -> names.at(place)).orElse(Frame.UNKNOWN);
    }
}
