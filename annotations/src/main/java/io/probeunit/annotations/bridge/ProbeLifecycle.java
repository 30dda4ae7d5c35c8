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
 * The extension that the annotations' bridge calls. The bridge finds it with {@link java.util.ServiceLoader}.
 *
 * <p>There is one instance in a test run, kept in the store of JUnit's root context. If it is {@link AutoCloseable}, it
 * is closed at the end of the run. If JUnit runs tests in parallel, several threads call it at once, so it keeps the
 * state of a test in the {@link ExtensionContext} of that test.
 *
 * <p>Each callback comes once, with any number of annotations on a test. If annotations are only on a method or an
 * instance field, the callbacks of the class ({@code beforeAll}, {@code afterAll} and the interceptors of such methods)
 * do not come: JUnit registers the bridge for the method only.
 *
 * <p>JUnit makes the instance of a test class before it asks whether a test is disabled. So {@code
 * interceptTestClassConstructor}, and the parameters of a constructor, come also for tests that JUnit then skips. The
 * context of a dynamic test has no test class, but its parents have one.
 *
 * <p>Do not register an implementation with JUnit as an extension: each callback would come twice.
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

    /**
     * Comes for each class and each test before any extension's {@code beforeAll} or {@code beforeEach}, so before an
     * extension can start a container. It throws nothing; what is wrong is told by the next call.
     *
     * @param context of the class or the test
     */
    default void beforeContainersStart(ExtensionContext context) {}

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
