package io.probeunit.internal.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.shaded.com.fasterxml.jackson.core.JsonProcessingException;
import org.testcontainers.shaded.com.fasterxml.jackson.databind.ObjectMapper;

/** A fixture: a container of which a daemon says what a test wants. */
public final class FakeContainer {

    /** 64 digits, as a daemon gives them. */
    public static final String ID = "0123456789abcdef".repeat(4);

    private FakeContainer() {}

    /** A container that has not been created. */
    public static DockerContainer notCreated() {
        return container(null, () -> {
            throw new NotFoundException("no such container");
        });
    }

    /** A container that was removed behind the back of its field. */
    public static DockerContainer removed() {
        return container(ID, () -> {
            throw new NotFoundException("no such container");
        });
    }

    /** A container whose daemon cannot be asked. */
    public static DockerContainer unreachable(RuntimeException why) {
        return container(ID, () -> {
            throw why;
        });
    }

    /** A container in a state. */
    public static DockerContainer in(String status, long pid) {
        return described(json(status, pid));
    }

    private static String json(String status, long pid) {
        return """
                {"Id": "%s", "Name": "/shop", "Image": "sha256:1", "Config": {"Image": "shop:1"},
                 "State": {"Status": "%s", "Pid": %d, "StartedAt": "2026-01-02T03:04:05Z", "ExitCode": 3}}
                """.formatted(ID, status, pid);
    }

    /** A container as the daemon's answer describes it. */
    static DockerContainer described(String json) {
        return container(ID, () -> answer(json));
    }

    private static InspectContainerResponse answer(String json) {
        try {
            return new ObjectMapper().readValue(json, InspectContainerResponse.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static DockerContainer container(String id, Supplier<InspectContainerResponse> answer) {
        ContainerState state = (ContainerState) Proxy.newProxyInstance(
                FakeContainer.class.getClassLoader(),
                new Class<?>[] {ContainerState.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContainerId" -> id;
                    case "getCurrentContainerInfo" -> answer.get();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return Optional.of(state).flatMap(DockerContainer::of).orElseThrow();
    }
}
