package io.probeunit.annotations.bridge;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the annotations' bridge calls: the extension, found with {@link java.util.ServiceLoader}.
 *
 * <p>There is one instance in a test run, kept in the store of JUnit's root context. If it is {@link AutoCloseable}, it
 * is closed at the end of the run. It is called from several threads at once where JUnit runs tests in parallel, so
 * what belongs to one test is kept in that test's {@link ExtensionContext}.
 *
 * <p>Each callback comes once, however many annotations a test carries. Where annotations stand on a method or an
 * instance field alone, the callbacks of the class ({@code beforeAll}, {@code afterAll} and the interceptors of such
 * methods) do not come at all: JUnit registers the bridge for the method only.
 *
 * <p>JUnit makes the instance of a test class before it asks whether a test is disabled, so
 * {@code interceptTestClassConstructor}, and the parameters of a constructor, come also for tests that are then
 * skipped. The calls for a dynamic test bring a context without a test class; its parents have one.
 *
 * <p>An implementation is not registered with JUnit as an extension of its own, else everything comes twice.
 */
public interface ProbeLifecycle
        extends BeforeAllCallback,
                BeforeEachCallback,
                BeforeTestExecutionCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver,
                InvocationInterceptor {

    @Override
    default void beforeAll(ExtensionContext context) throws Exception {}

    @Override
    default void beforeEach(ExtensionContext context) throws Exception {}

    @Override
    default void beforeTestExecution(ExtensionContext context) throws Exception {}

    @Override
    default void afterTestExecution(ExtensionContext context) throws Exception {}

    @Override
    default void afterEach(ExtensionContext context) throws Exception {}

    @Override
    default void afterAll(ExtensionContext context) throws Exception {}

    @Override
    default boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return false;
    }

    @Override
    default Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        throw new ParameterResolutionException(
                "%s resolves no parameters (PU0101).".formatted(getClass().getName()));
    }
}
