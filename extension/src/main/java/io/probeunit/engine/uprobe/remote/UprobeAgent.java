package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.uprobe.AttachMode;
import io.probeunit.host.LocalHost;
import io.probeunit.host.wire.WireServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * The program on the other side: answers on its standard output what its standard input asks, and ends with its input. The
 * kernel takes the probes away when it has ended, however that was.
 */
public final class UprobeAgent {

    private UprobeAgent() {}

    /**
     * Serves one other side.
     *
     * @param arguments one: how programs are attached
     */
    public static void main(String[] arguments) {
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        // whatever else prints must not come between the answers
        System.setOut(System.err);
        @SuppressWarnings("unchecked") // the class of a type with arguments
        Class<UprobeQuestion<?>> questions = (Class<UprobeQuestion<?>>) (Class<?>) UprobeQuestion.class;
        WireServer<ServedUprobes, UprobeMessage> wire = new WireServer<>(questions, UprobeMessage.class, answers);
        wire.serve(System.in, new ServedUprobes(new LocalHost(), AttachMode.valueOf(arguments[0]), wire));
        System.exit(0);
    }
}
