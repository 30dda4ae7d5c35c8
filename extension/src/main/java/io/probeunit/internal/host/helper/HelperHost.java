package io.probeunit.internal.host.helper;

import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.KernelFiles;
import io.probeunit.internal.kernel.Kernel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The machine that a helper runs on, in a container that sees all of its processes. The first request starts the
 * helper; a request after its end starts another one. Thread-safe.
 */
public final class HelperHost implements Host, AutoCloseable {

    private final String name;
    private final String story;
    private final Supplier<Helper> starter;
    private final HostFiles files = new KernelFiles(this::calls);
    private Optional<Settled> settled = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /** A helper among mounts that were made for it. */
    private record Settled(Helper helper, ShownRoots roots) {}

    /**
     * A host whose helper is not started yet.
     *
     * @param name what the host is called in messages
     * @param story what is started for it, for reports
     * @param starter starts a helper; what it throws is thrown to everybody who asks from then on
     */
    public HelperHost(String name, String story, Supplier<Helper> starter) {
        this.name = name;
        this.story = story;
        this.starter = starter;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> helper() {
        return Optional.of(story);
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public Kernel calls() {
        return settled().helper().kernel();
    }

    @Override
    public HostProcess start(Command command) {
        return settled().helper().start(command);
    }

    @Override
    public void showRoot(long pid) {
        settled().roots().show(pid);
    }

    @Override
    public String ownFolder() {
        return shownRoots();
    }

    /** The one that started the helper, which is the runtime's. The machine's first process may be closed to us. */
    @Override
    public OptionalLong withMountsOfMachine() {
        String stat = files.text("/proc/self/stat");
        return OptionalLong.of(
                Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1]));
    }

    /** Ends the helper, if there is one. The next request starts another one. */
    @Override
    public synchronized void close() {
        settled.ifPresent(one -> one.helper().close());
        settled = Optional.empty();
    }

    /** A start that failed is not tried again at each question: it would fail again, and slowly. But who was interrupted has not tried. */
    private synchronized Settled settled() {
        failure.ifPresent(reason -> {
            throw reason;
        });
        if (settled.filter(one -> one.helper().kernel().isAlive()).isEmpty()) {
            close();
            try {
                settled = Optional.of(settle(starter.get()));
            } catch (RuntimeException e) {
                failure =
                        Optional.of(e).filter(reason -> !Thread.currentThread().isInterrupted());
                throw e;
            }
        }
        return settled.orElseThrow();
    }

    private Settled settle(Helper helper) {
        boolean complete = false;
        try {
            // the first answer shows whether it runs
            if (!helper.files().exists("/proc/self/mountinfo")) {
                throw new HostException("The host '%s' shows no /proc (PU1051).".formatted(name));
            }
            MachineMounts.show(helper);
            helper.kernel().serveMany();
            Settled made = new Settled(helper, new ShownRoots(helper, Host.shownRoots(helper.files())));
            complete = true;
            return made;
        } finally {
            if (!complete) {
                helper.close();
            }
        }
    }
}
