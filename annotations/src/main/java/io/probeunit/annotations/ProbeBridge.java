package io.probeunit.annotations;

import io.probeunit.annotations.bridge.ProbeLifecycle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The extension that the annotations register with JUnit. It passes every call on to ProbeUnit's extension. If that is
 * missing, it fails the test.
 *
 * <p>JUnit may make several bridges in a run, so a bridge keeps no state. If the extension is missing, each call before
 * or during a test throws. Calls after the test do nothing, because the failure has been reported by then. The
 * constructor of a test class does not throw, because JUnit calls it also for tests that it then skips.
 */
final class ProbeBridge
        implements ExecutionCondition,
                BeforeAllCallback,
                BeforeEachCallback,
                BeforeTestExecutionCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver,
                InvocationInterceptor {

    /** Lets the constructor of a test instance be seen as part of the test that the instance is made for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** The only call that JUnit makes before any extension may start a container. Never disables anything. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestClass().isPresent()) {
            ExtensionLookup.ifUsable(context).ifPresent(extension -> extension.beforeContainersStart(context));
        }
        return ConditionEvaluationResult.enabled("");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        ExtensionLookup.required(context).beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        ExtensionLookup.required(context).beforeEach(context);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) throws Exception {
        ExtensionLookup.required(context).beforeTestExecution(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        Optional<ProbeLifecycle> extension = ExtensionLookup.ifUsable(context);
        if (extension.isPresent()) {
            extension.get().afterTestExecution(context);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Optional<ProbeLifecycle> extension = ExtensionLookup.ifUsable(context);
        if (extension.isPresent()) {
            extension.get().afterEach(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Optional<ProbeLifecycle> extension = ExtensionLookup.ifUsable(context);
        if (extension.isPresent()) {
            extension.get().afterAll(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return ExtensionLookup.required(context).supportsParameter(parameter, context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ExtensionLookup.required(context).resolveParameter(parameter, context);
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Constructor<T>> invocationContext,
            ExtensionContext context)
            throws Throwable {
        Optional<ProbeLifecycle> extension = ExtensionLookup.ifUsable(context);
        return extension.isPresent()
                ? extension.get().interceptTestClassConstructor(invocation, invocationContext, context)
                : invocation.proceed();
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        ExtensionLookup.required(context).interceptBeforeAllMethod(invocation, invocationContext, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        ExtensionLookup.required(context).interceptBeforeEachMethod(invocation, invocationContext, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        ExtensionLookup.required(context).interceptTestMethod(invocation, invocationContext, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context)
            throws Throwable {
        return ExtensionLookup.required(context).interceptTestFactoryMethod(invocation, invocationContext, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        ExtensionLookup.required(context).interceptTestTemplateMethod(invocation, invocationContext, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext invocationContext, ExtensionContext context)
            throws Throwable {
        ExtensionLookup.required(context).interceptDynamicTest(invocation, invocationContext, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        Optional<ProbeLifecycle> extension = ExtensionLookup.ifUsable(context);
        if (extension.isPresent()) {
            extension.get().interceptAfterEachMethod(invocation, invocationContext, context);
        } else {
            invocation.proceed();
        }
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        Optional<ProbeLifecycle> extension = ExtensionLookup.ifUsable(context);
        if (extension.isPresent()) {
            extension.get().interceptAfterAllMethod(invocation, invocationContext, context);
        } else {
            invocation.proceed();
        }
    }
}
