package io.probeunit.conformance.kit;

import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.internal.host.sidecar.PreparedImage;
import java.util.List;

/**
 * Starts the lab's virtual machine, for as long as the process lives that started this one, and gives it the images of the
 * tests and of the sidecar: unpacking them here takes seconds, building them there a quarter of an hour.
 */
public final class VirtualMachine {

    private VirtualMachine() {}

    /**
     * Ends with the status of the program that starts the machine.
     *
     * @param arguments that program
     */
    public static void main(String[] arguments) throws Exception {
        long owner = ProcessHandle.current().parent().orElseThrow().pid();
        List<String> command =
                List.of(arguments[0], String.valueOf(owner), TruthContainer.IMAGE.get(), PreparedImage.name());
        System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
    }
}
