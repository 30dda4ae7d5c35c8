package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CopyArchiveFromContainerCmd;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.ExecCreateCmdResponse;
import com.github.dockerjava.api.command.ExecStartCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectExecCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.command.TopContainerCmd;
import com.github.dockerjava.api.command.TopContainerResponse;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.shaded.com.fasterxml.jackson.core.JsonProcessingException;
import org.testcontainers.shaded.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A fixture: a daemon with one container, which shows files in memory as a real one does: links in the folders of a path
 * are followed after {@code ..} was taken away, the last name is not followed.
 */
public final class FakeDaemon {

    /** The container's first process. */
    public static final long PID = 4711;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final Map<String, String> top = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<List<String>> commands = new CopyOnWriteArrayList<>();
    private Optional<RuntimeException> fault = Optional.empty();
    private Exec exec = (command, input, process) -> {
        throw new UnsupportedOperationException("exec");
    };
    private String status = "running";
    private String id = FakeContainer.ID;

    /** What becomes of a process that is started in the container. */
    @FunctionalInterface
    public interface Exec {

        /**
         * Starts it, on a thread of its own.
         *
         * @param process learns what it does
         */
        void start(List<String> command, InputStream input, ResultCallback<Frame> process);
    }

    /** Adds a file. */
    public FakeDaemon file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** Adds a link. */
    public FakeDaemon link(String path, String to) {
        links.put(path, to);
        return this;
    }

    /** What {@code ps -o pid,COLUMN} says of the first process; other columns are refused. */
    public FakeDaemon top(String column, String value) {
        top.put(column, value);
        return this;
    }

    /** Makes every request for a file fail. */
    public FakeDaemon fault(RuntimeException why) {
        fault = Optional.of(why);
        return this;
    }

    /** Says what becomes of processes that are started in the container. */
    public FakeDaemon exec(Exec processes) {
        exec = processes;
        return this;
    }

    /** Gives the container another id than that of {@link FakeContainer}. */
    public FakeDaemon id(String containerId) {
        id = containerId;
        return this;
    }

    /** Ends the container. */
    public FakeDaemon exited() {
        status = "exited";
        return this;
    }

    /** The paths that were asked for. */
    public List<String> asked() {
        return asked;
    }

    /** The container as Testcontainers would have it. */
    public ContainerState container() {
        return proxy(ContainerState.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getContainerId" -> id;
            case "getCurrentContainerInfo" -> inspect();
            case "getDockerClient" -> client();
            case "execInContainer" ->
                throw new IOException("no " + List.of(((ExecConfig) arguments[0]).getCommand()) + " in this image");
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private InspectContainerResponse inspect() {
        try {
            return new ObjectMapper()
                    .readValue(
                            """
                    {"Id": "%s", "Name": "/shop", "Image": "sha256:1",
                     "Config": {"Image": "shop:1", "Env": ["HOME=/", "PATH=/opt/bin:/usr/bin:relative"]},
                     "HostConfig": {"Privileged": true, "PidMode": ""},
                     "State": {"Status": "%s", "Pid": %d, "StartedAt": "2026-01-02T03:04:05Z", "ExitCode": 3}}
                    """.formatted(id, status, status.equals("running") ? PID : 0),
                            InspectContainerResponse.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private DockerClient client() {
        return proxy(DockerClient.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "copyArchiveFromContainerCmd" ->
                command(CopyArchiveFromContainerCmd.class, () -> archive((String) arguments[1]));
            case "topContainerCmd" -> topCommand();
            case "execCreateCmd" -> execCommand();
            case "execStartCmd" -> startCommand((String) arguments[0]);
            case "inspectExecCmd" -> command(InspectExecCmd.class, () -> json("{}", InspectExecResponse.class));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private ExecCreateCmd execCommand() {
        return proxy(ExecCreateCmd.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "exec" -> json("{\"Id\": \"%d\"}".formatted(commands.size() - 1), ExecCreateCmdResponse.class);
            case "withCmd" -> {
                commands.add(List.of((String[]) arguments[0]));
                yield proxy;
            }
            default -> proxy;
        });
    }

    private ExecStartCmd startCommand(String number) {
        List<InputStream> input = new ArrayList<>();
        return proxy(ExecStartCmd.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "exec" -> {
                exec.start(commands.get(Integer.parseInt(number)), input.get(0), callback(arguments[0]));
                yield arguments[0];
            }
            case "withStdIn" -> {
                input.add((InputStream) arguments[0]);
                yield proxy;
            }
            default -> proxy;
        });
    }

    @SuppressWarnings("unchecked") // as docker-java declares it
    private static ResultCallback<Frame> callback(Object argument) {
        return (ResultCallback<Frame>) argument;
    }

    private static <T> T json(String text, Class<T> type) throws JsonProcessingException {
        return new ObjectMapper().readValue(text, type);
    }

    private TopContainerCmd topCommand() {
        List<String> column = new ArrayList<>();
        return proxy(TopContainerCmd.class, (proxy, method, arguments) -> {
            if (method.getName().equals("withPsArgs")) {
                column.add(((String) arguments[0]).replace("-o pid,", ""));
                return proxy;
            }
            String value = top.get(column.get(0));
            if (value == null) {
                throw new BadRequestException("error: unknown user-defined format specifier");
            }
            return new ObjectMapper()
                    .readValue(
                            "{\"Titles\": [\"PID\", \"X\"], \"Processes\": [[\"%d\", \"%s\"]]}".formatted(PID, value),
                            TopContainerResponse.class);
        });
    }

    private InputStream archive(String path) {
        asked.add(path);
        fault.ifPresent(why -> {
            throw why;
        });
        String real = parentFollowed(Path.of(path).normalize());
        if (links.containsKey(real)) {
            return tar(real, TarConstants.LF_SYMLINK, links.get(real), new byte[0]);
        }
        if (files.containsKey(real)) {
            return tar(real, TarConstants.LF_NORMAL, "", files.get(real));
        }
        if (files.keySet().stream().anyMatch(f -> f.startsWith(real + "/"))) {
            return tar(real + "/", TarConstants.LF_DIR, "", new byte[0]);
        }
        throw new NotFoundException("Could not find the file " + path);
    }

    private String parentFollowed(Path path) {
        Path here = Path.of("/");
        for (int i = 0; i < path.getNameCount(); i++) {
            here = here.resolve(path.getName(i));
            String link = i < path.getNameCount() - 1 ? links.get(here.toString()) : null;
            here = link == null
                    ? here
                    : Path.of(parentFollowed(here.resolveSibling(link).normalize()));
        }
        return here.toString();
    }

    private static InputStream tar(String path, byte type, String link, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry(path.substring(path.lastIndexOf('/') + 1), type);
            entry.setLinkName(link);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private interface Answer {
        Object get() throws JsonProcessingException;
    }

    private static <T> T command(Class<T> type, Answer answer) {
        return proxy(type, (proxy, method, arguments) -> answer.get());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeDaemon.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
