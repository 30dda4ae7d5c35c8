package io.probeunit.annotations;

import io.probeunit.annotations.bridge.ProbeLifecycle;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Plays the extension: reports each call as an entry of the test or class that it came for. */
public class ReportingExtension implements ProbeLifecycle, AutoCloseable {

    static final String ENTRY = "call";
    static final String INSTANCE = "instance";

    /** Plays {@code Recording}. */
    public record Recorded(ReportingExtension by) {}

    private static final Set<String> CLOSED = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger MADE = new AtomicInteger();
    private final String id = "number " + MADE.incrementAndGet();

    static boolean isClosed(String id) {
        return CLOSED.contains(id);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        report("beforeAll", context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        report("beforeEach", context);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        report("beforeTestExecution", context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        report("afterTestExecution", context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        report("afterEach", context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        report("afterAll", context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Recorded.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Recorded(this);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        report("interceptBeforeEachMethod", context);
        invocation.proceed();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        report("interceptTestMethod", context);
        invocation.proceed();
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        report("interceptAfterEachMethod", context);
        invocation.proceed();
    }

    @Override
    public void close() {
        if (!CLOSED.add(id)) {
            throw new IllegalStateException("closed twice");
        }
    }

    private void report(String call, ExtensionContext context) {
        context.publishReportEntry(Map.of(ENTRY, call, INSTANCE, id));
    }
}
