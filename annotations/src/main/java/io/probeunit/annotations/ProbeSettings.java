package io.probeunit.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Says how the tests of a class, or one test, are probed.
 *
 * <pre>{@code
 * @ProbeSettings(engine = ProbeSettings.Engine.UPROBE, unavailable = ProbeSettings.Unavailable.SKIP)
 * class CheckoutTest {
 *     @Test
 *     @ProbeSettings(window = ProbeSettings.Window.LIFECYCLE)
 *     @ExpectMark("shop:connection__opened")
 *     void connects() {
 *     }
 * }
 * }</pre>
 *
 * <p>Each attribute is decided separately. The annotation nearest to the test method decides: on the method, on the
 * class, on its superclasses and interfaces, on its enclosing classes. If all of them are {@code INHERIT}, the JUnit
 * configuration parameter decides ({@code probeunit.engine}, {@code probeunit.host}, {@code probeunit.window}, {@code
 * probeunit.unavailable}), else the system property of that name, else the default.
 *
 * <p>Use it on a test method, on a class, its superclass, its interfaces or its enclosing classes, and on other
 * annotations.
 *
 * <p>If JUnit runs tests in parallel, all tests of a class with this annotation take turns at their containers, also
 * tests without probes. So their calls are not counted in another test.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ProbeSettings {

    /**
     * What arms the probes. The default is {@link Engine#AUTO}.
     *
     * @return an engine; by default the next setting
     */
    Engine engine() default Engine.INHERIT;

    /**
     * Where the engine's tools run. The default is {@link Host#AUTO}.
     *
     * @return a host; by default the next setting
     */
    Host host() default Host.INHERIT;

    /**
     * The part of the test in which firings count. The default is {@link Window#TEST}.
     *
     * @return a window; by default the next setting
     */
    Window window() default Window.INHERIT;

    /**
     * The result of a test if no engine can be used. The default is {@link Unavailable#FAIL}. The configuration
     * parameter {@code probeunit.unavailable.force} overrides it.
     *
     * @return what to do; by default the next setting
     */
    Unavailable unavailable() default Unavailable.INHERIT;

    /** What arms the probes. */
    enum Engine {
        /** The next setting decides: a farther annotation, a parameter, or the default. */
        INHERIT,
        /**
         * On host {@code LOCAL}: SystemTap, else the built-in engine, else perf. ProbeUnit takes the first engine that
         * can serve the test and serves its class as well as the others. In a sidecar: the built-in engine. The test
         * report names the engine, and says why others were not taken.
         */
        AUTO,
        /** SystemTap. For a sidecar, an image with SystemTap is built, unless a setting names one. */
        STAP,
        /** The built-in engine. It needs no tool, and works on any host. */
        UPROBE,
        /**
         * The perf tool, on hosts {@code LOCAL} and {@code SIDECAR}. For a sidecar, an image with perf is built, unless
         * a setting names one.
         */
        PERF
    }

    /** Where the engine's tools run. */
    enum Host {
        /** The next setting decides: a farther annotation, a parameter, or the default. */
        INHERIT,
        /** Locally if that is possible, else in a sidecar. */
        AUTO,
        /** Where the tests run. */
        LOCAL,
        /**
         * In a privileged container of some kilobytes on the machine of the Docker daemon. The user must be able to use
         * Docker, and need not be root. For the built-in engine, nothing is pulled or built.
         */
        SIDECAR,
        /**
         * Inside the target itself, which must be privileged. The built-in engine works with any image; SystemTap must
         * be in the image.
         */
        CONTAINER
    }

    /** The part of a test in which firings count. */
    enum Window {
        /** The next setting decides: a farther annotation, a parameter, or the default. */
        INHERIT,
        /** The test method alone. */
        TEST,
        /** The test method with its {@code @BeforeEach} and {@code @AfterEach} methods. */
        LIFECYCLE,
        /**
         * On a class: the annotations on the class, its superclasses and its interfaces are about the start of its
         * containers, from the first instruction until {@code start()} has returned. Each start counts. Annotations on
         * methods are about the tests, as without this setting. It is no value of the parameter {@code
         * probeunit.window}.
         */
        STARTUP
    }

    /** The result of a test if no engine can be used. */
    enum Unavailable {
        /** The next setting decides: a farther annotation, a parameter, or the default. */
        INHERIT,
        /** It fails. */
        FAIL,
        /** It is skipped, with the reasons. */
        SKIP
    }
}
