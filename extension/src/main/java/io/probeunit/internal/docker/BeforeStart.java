package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.StartContainerCmd;
import io.probeunit.ProbeException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;

/**
 * Does something between the creation of a container and its start, whoever starts it with Testcontainers: the container's
 * client of the daemon is replaced by one that calls before it asks for the start. All else goes through.
 *
 * <p>Testcontainers itself has no such place for others: {@code containerIsCreated} is for subclasses, and a modifier of
 * the create command comes before files are copied. Closing puts the client back.
 */
public final class BeforeStart implements AutoCloseable {

    private static final String CLIENT = "dockerClient";

    private final GenericContainer<?> container;
    private final Field field;
    private final DockerClient client;

    private BeforeStart(GenericContainer<?> container, Field field, DockerClient client) {
        this.container = container;
        this.field = field;
        this.client = client;
    }

    /**
     * Begins.
     *
     * @param value the container, which was not created yet
     * @param target how messages call it
     * @param action is called in the thread that starts the container, before it is started; what it throws keeps the container
     *     from being started
     * @return ends it
     * @throws ProbeException if it is no container of a kind that this is possible with, or was created before
     */
    public static BeforeStart of(Object value, String target, Consumer<CreatedContainer> action) {
        if (!(value instanceof GenericContainer<?> container)) {
            throw new ProbeException(
                    "Target %s is a %s, and only the start of a GenericContainer of Testcontainers can be watched from its first instruction on (PU1710). Declare the container itself, or use window = LIFECYCLE."
                            .formatted(target, value.getClass().getName()));
        }
        if (container.getContainerId() != null) {
            throw new ProbeException(
                    "The container of target %s was started before its start could be watched (PU1711): it was created as %s. With window = STARTUP, let @Container (with @Testcontainers) or a @BeforeAll method start it, not a static initializer; and no other test class."
                            .formatted(target, container.getContainerId()));
        }
        try {
            Field field = GenericContainer.class.getDeclaredField(CLIENT);
            field.setAccessible(true);
            DockerClient client = original((DockerClient) field.get(container));
            field.set(container, proxy(DockerClient.class, new Client(client, action)));
            return new BeforeStart(container, field, client);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ProbeException(
                    "The start of target %s cannot be watched (PU1712): GenericContainer of this version of Testcontainers has no field %s that can be set (%s). Use Testcontainers 1.21 or 2.0, or window = LIFECYCLE."
                            .formatted(target, CLIENT, e),
                    e);
        }
    }

    @Override
    public void close() {
        try {
            field.set(container, client);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field could be set before", e);
        }
    }

    private static DockerClient original(DockerClient client) {
        return Optional.of(client)
                .filter(c -> Proxy.isProxyClass(c.getClass()))
                .map(Proxy::getInvocationHandler)
                .filter(Client.class::isInstance)
                .map(handler -> ((Client) handler).client)
                .orElse(client);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(BeforeStart.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object passOn(Object to, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(to, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class Client implements InvocationHandler {
        private final DockerClient client;
        private final Consumer<CreatedContainer> action;

        private Client(DockerClient client, Consumer<CreatedContainer> action) {
            this.client = client;
            this.action = action;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object result = passOn(client, method, arguments);
            return result instanceof StartContainerCmd command
                    ? proxy(StartContainerCmd.class, new Start(command, this))
                    : result;
        }
    }

    private static final class Start implements InvocationHandler {
        private final StartContainerCmd command;
        private final Client client;

        private Start(StartContainerCmd command, Client client) {
            this.command = command;
            this.client = client;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("exec")) {
                client.action.accept(CreatedContainer.of(client.client, command.getContainerId()));
            }
            Object result = passOn(command, method, arguments);
            return result == command ? proxy : result;
        }
    }
}
