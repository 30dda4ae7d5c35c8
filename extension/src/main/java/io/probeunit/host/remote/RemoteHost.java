package io.probeunit.host.remote;

import io.probeunit.host.Command;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.HostProcess;
import io.probeunit.host.KernelIdentity;
import io.probeunit.host.RunningProcess;
import io.probeunit.host.WantedFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A host on which a {@link HostAgent} answers. It is called when something is asked for the first time, and again where it
 * has ended; what it had begun has ended with it. Thread-safe.
 */
public final class RemoteHost implements Host, AutoCloseable {

    private final String name;
    private final String helper;
    private final Supplier<Line> lines;
    private final RemoteFiles files = new RemoteFiles(this);
    private Optional<Connection> connection = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * A host that is not called yet.
     *
     * @param name what the host is called in messages
     * @param helper what is started for it, for reports
     * @param lines starts an agent; what it throws is thrown to everybody who asks from then on
     */
    public RemoteHost(String name, String helper, Supplier<Line> lines) {
        this.name = name;
        this.helper = helper;
        this.lines = lines;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> helper() {
        return Optional.of(helper);
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public HostProcess start(Command command) {
        return connection().start(command);
    }

    @Override
    public KernelIdentity kernel() {
        return ask(new HostQuestion.Hello());
    }

    @Override
    public long nanos() {
        return ask(new HostQuestion.Nanos());
    }

    @Override
    public List<RunningProcess> running(String group, WantedFiles wanted) {
        return ask(new HostQuestion.Running(group, wanted));
    }

    @Override
    public void showRoot(long pid) {
        ask(new HostQuestion.ShowRoot(pid));
    }

    /** Ends the agent, if there is one. Whoever asks after that starts another one. */
    @Override
    public synchronized void close() {
        connection.ifPresent(Connection::close);
        connection = Optional.empty();
    }

    <A> A ask(HostQuestion<A> question) {
        return connection().ask(question);
    }

    /** A start that failed is not tried again at each question: it would fail again, and slowly. But who was interrupted has not tried. */
    synchronized Connection connection() {
        failure.ifPresent(reason -> {
            throw reason;
        });
        if (connection.filter(Connection::isAlive).isEmpty()) {
            close();
            try {
                connection = Optional.of(connect());
            } catch (RuntimeException e) {
                failure =
                        Optional.of(e).filter(reason -> !Thread.currentThread().isInterrupted());
                throw e;
            }
        }
        return connection.orElseThrow();
    }

    private Connection connect() {
        Connection made = new Connection(lines.get());
        try {
            made.ask(new HostQuestion.Hello());
            return made;
        } catch (HostException e) {
            made.close();
            throw e;
        }
    }
}
