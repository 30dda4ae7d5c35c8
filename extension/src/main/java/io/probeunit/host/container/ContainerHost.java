package io.probeunit.host.container;

import io.probeunit.host.Command;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.HostProcess;
import io.probeunit.host.KernelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A running container as a host: files, processes and paths as they are in it. Ends with the container. Thread-safe.
 *
 * <p>What is asked goes to one shell that waits for it, within a few milliseconds. Each program has a connection of its own,
 * with the daemon's {@code exec}, and ends with it.
 */
public final class ContainerHost implements Host, AutoCloseable {

    private static final String FILES = "/tmp/";

    private final Place place;
    private final Channels channels;
    private final Predicate<AgentName> dead;
    private final ShellAgent shell;
    private final ShellFiles files;
    private final Greeting greeting;
    private final Set<ShellProcess> processes = ConcurrentHashMap.newKeySet();

    private ContainerHost(Place place, Channels channels, Predicate<AgentName> dead, ShellAgent shell) {
        this.place = place;
        this.channels = channels;
        this.dead = dead;
        this.shell = shell;
        this.files = new ShellFiles(shell);
        this.greeting = Greeting.of(shell.greeting());
        shell.onEnd(() -> processes.forEach(ShellProcess::abandon));
    }

    /**
     * Where a host is.
     *
     * @param container the container's full id
     * @param shortId for messages
     * @param name of the agent
     * @param ownProcessIds whether the first process is number 1
     */
    record Place(String container, String shortId, AgentName name, boolean ownProcessIds) {}

    /** What the shell says of itself: its process, the machine, and the cgroup of our tools. */
    private record Greeting(long pid, String machine, String group) {
        static Greeting of(String[] words) {
            return new Greeting(Long.parseLong(words[0]), words[1], words[2]);
        }
    }

    /**
     * Starts the shell, and makes the place for our tools.
     *
     * @param dead tells of an agent of ours whether it has ended
     * @param given files and folders that our tools are to see
     * @throws HostException if that is not possible, with the reason; then the shell ends
     */
    static ContainerHost settle(Place place, Channels channels, Predicate<AgentName> dead, List<Path> given) {
        Channel channel = channels.open(
                List.of("sh", "-c", Scripts.BEGIN, "sh", place.name().toString(), Scripts.SETTLE, Scripts.AGENT));
        ShellAgent shell = new ShellAgent(channel, "container " + place.shortId());
        boolean settled = false;
        try {
            ContainerHost host = new ContainerHost(place, channels, dead, shell);
            host.copy(given);
            settled = true;
            return host;
        } finally {
            if (!settled) {
                channel.close();
            }
        }
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public Optional<String> helper() {
        return Optional.of(
                "tools run in the target itself, which the test has started as a privileged container; nothing else is started");
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public HostProcess start(Command command) {
        String program = command.words().get(0);
        List<String> words = new ArrayList<>(List.of(
                "nsenter",
                "--mount=/proc/%d/ns/mnt".formatted(greeting.pid()),
                "sh",
                "-c",
                Scripts.PROCESS,
                "sh",
                greeting.group(),
                command.folder(),
                place.ownProcessIds() ? "numbered" : "",
                program));
        command.environment().forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command.words());
        ShellProcess process = new ShellProcess(channels.open(words), program);
        processes.removeIf(p -> !p.isAlive());
        processes.add(process);
        if (!shell.isAlive()) {
            process.abandon();
        }
        return process;
    }

    @Override
    public KernelIdentity kernel() {
        return new KernelIdentity(
                files.text("/proc/sys/kernel/osrelease").strip(),
                greeting.machine(),
                files.text("/proc/sys/kernel/random/boot_id").strip());
    }

    /** A shell has no way to read it. */
    @Override
    public long nanos() {
        throw new HostException(
                "The kernel's monotonic clock cannot be read from inside container %s.".formatted(place.shortId()));
    }

    @Override
    public OptionalLong firstProcessOf(String containerId) {
        return place.ownProcessIds() && containerId.equals(place.container())
                ? OptionalLong.of(1)
                : OptionalLong.empty();
    }

    @Override
    public OptionalLong toolsCgroup() {
        return files.identity(greeting.group()).stream()
                .mapToLong(identity -> identity.inode())
                .findFirst();
    }

    @Override
    public boolean endsWithTarget() {
        return true;
    }

    @Override
    public boolean mayHaveProbed(String path) {
        return path.startsWith("%s/%s/".formatted(SHOWN_INSIDE, place.name()));
    }

    @Override
    public boolean isAbandoned(String path, long pid) {
        return agentOf(path).filter(dead).isPresent();
    }

    /**
     * The name of this host, which is that of no other.
     *
     * @return letters, digits and underscores, as in the paths that it shows
     */
    public String agent() {
        return place.name().toString();
    }

    /**
     * Says whether anything can still be asked here.
     *
     * @return false once the container or the shell in it has ended
     */
    public boolean isAlive() {
        return shell.isAlive();
    }

    /** Ends what runs here, in order if it does so soon, and leaves the container as it was. */
    @Override
    public void close() {
        processes.forEach(ShellProcess::abandon);
        shell.close();
    }

    void onEnd(Runnable action) {
        shell.onEnd(action);
    }

    /** Copies files to where our tools see them; folders with what is in them. */
    private void copy(List<Path> copied) {
        for (Path path : copied) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                    copy(path.getFileName().resolve(path.relativize(file)).toString(), file);
                }
            } catch (IOException e) {
                throw new HostException(
                        "Could not copy %s into container %s: %s".formatted(path, place.shortId(), e.getMessage()), e);
            }
        }
    }

    private void copy(String name, Path file) throws IOException {
        String there = FILES + name.replaceFirst("/$", "");
        files.createFolder(there.substring(0, there.lastIndexOf('/')));
        files.write(there, Files.readAllBytes(file));
    }

    private static Optional<AgentName> agentOf(String path) {
        if (!path.startsWith(SHOWN_INSIDE + "/")) {
            return Optional.empty();
        }
        String rest = path.substring(SHOWN_INSIDE.length() + 1);
        return AgentName.parse(rest.substring(0, Math.max(0, rest.indexOf('/'))));
    }
}
