package io.probeunit.host.remote;

import io.probeunit.host.LocalHost;
import io.probeunit.host.wire.WireServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The program on the other side: answers on its standard output what its standard input asks, and ends with its input.
 *
 * <p>So it ends when the JVM that asks has ended, however that was.
 */
public final class HostAgent {

    /** Taking probes away takes about 0.1 s each with SystemTap. */
    private static final Duration LAST_WORK = Duration.ofSeconds(60);

    private HostAgent() {}

    /**
     * Serves one other side.
     *
     * @param arguments none
     * @throws InterruptedException never; nobody interrupts
     */
    public static void main(String[] arguments) throws InterruptedException {
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        // whatever else prints must not come between the answers
        System.setOut(System.err);
        KernelFiles.mount();
        @SuppressWarnings("unchecked") // the class of a type with arguments
        Class<HostQuestion<?>> questions = (Class<HostQuestion<?>>) (Class<?>) HostQuestion.class;
        WireServer<ServedHost, HostMessage> wire = new WireServer<>(questions, HostMessage.class, answers);
        ServedHost served = new ServedHost(new SidecarSide(new LocalHost()), wire);
        wire.serve(System.in, served);
        served.endProcesses(LAST_WORK);
        System.exit(0);
    }
}
