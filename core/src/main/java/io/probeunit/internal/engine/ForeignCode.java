package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.Architecture;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;

/**
 * Refuses files that the machine's processors do not execute: a probe there sees nothing, and may harm the program that
 * reads the file.
 */
final class ForeignCode {

    private final Host host;

    ForeignCode(Host host) {
        this.host = host;
    }

    /**
     * Looks at a file and at the processes that have it mapped now.
     *
     * @throws ProbeException if it is for another kind of processor, or if only emulators and their like use it
     */
    void refuse(Target target, TargetFile file, BinaryFile binary) {
        String machine = host.kernel().machine();
        if (isForeign(binary.architecture(), machine)) {
            throw new ProbeException(
                    "%s in target %s is made for %s, and the processors of this machine are %s (PU0508): an emulator reads it and executes a translation, which probes do not see. Build the program for %4$s, or run the test on a machine with that processor."
                            .formatted(file.path(), target.name(), name(binary.architecture()), machine));
        }
        if (target.notStarted().isPresent()) {
            return;
        }
        new CodeUse(host, target).onlyTranslatedBy(file).ifPresent(other -> {
            throw new ProbeException(
                    "%s in target %s is read by another program, %s, and not executed (PU0509): emulators and tools such as valgrind execute a translation, which probes do not see, and a probe in the file that they read may end the program. Run %1$s itself."
                            .formatted(file.path(), target.name(), other));
        });
    }

    /** What else there may be is not known well enough. */
    private static boolean isForeign(Architecture architecture, String machine) {
        return switch (machine) {
            case "x86_64" -> architecture != Architecture.X86_64;
            case "aarch64" -> architecture != Architecture.AARCH64;
            default -> false;
        };
    }

    private static String name(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> "x86_64";
            case AARCH64 -> "aarch64";
            case OTHER -> "others";
        };
    }
}
