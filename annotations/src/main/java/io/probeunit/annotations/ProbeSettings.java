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
 * <p>Each attribute is settled by itself. The annotation nearest to the test method decides: the method's, the class's,
 * that of its superclasses and interfaces, that of the classes around it. Where all of them say {@code INHERIT}, the
 * JUnit configuration parameter decides ({@code probeunit.engine}, {@code probeunit.host}, {@code probeunit.window},
 * {@code probeunit.unavailable}), else the system property of that name, else the default.
 *
 * <p>May stand on a test method, on a class, its superclass, an interface that it implements or a class around it, and
 * on other annotations.
 *
 * <p>Where JUnit runs tests in parallel, this annotation on a class makes all its tests take turns at their containers,
 * also those that probe nothing themselves, so that what they cause is not counted in another test.
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
     * @return an engine; by default what is set further out
     */
    Engine engine() default Engine.INHERIT;

    /**
     * Where the engine's tools run. The default is {@link Host#AUTO}.
     *
     * @return a host; by default what is set further out
     */
    Host host() default Host.INHERIT;

    /**
     * The part of the test that is watched. The default is {@link Window#TEST}.
     *
     * @return a window; by default what is set further out
     */
    Window window() default Window.INHERIT;

    /**
     * What becomes of a test where no engine can be used. The default is {@link Unavailable#FAIL}. The configuration
     * parameter {@code probeunit.unavailable.force} overrides it.
     *
     * @return what to do; by default what is set further out
     */
    Unavailable unavailable() default Unavailable.INHERIT;

    /** What arms the probes. */
    enum Engine {
        /** Whatever is set further out. */
        INHERIT,
        /**
         * On host {@code LOCAL} SystemTap, else the engine that is built in, else perf: the first that can serve the test, and
         * serves its class as well as the others. In a sidecar the engine that is built in. The test report says which, and why
         * not those before it.
         */
        AUTO,
        /** SystemTap. In a sidecar its image is built for it, unless one is named. */
        STAP,
        /** The engine that is built in, and needs no tool, on any host. */
        UPROBE,
        /** The perf tool; on host {@code LOCAL}, and in a sidecar whose image is built for it, unless one is named. */
        PERF
    }

    /** Where the engine's tools run. */
    enum Host {
        /** Whatever is set further out. */
        INHERIT,
        /** Locally if that is possible, else in a sidecar. */
        AUTO,
        /** Where the tests run. */
        LOCAL,
        /**
         * In a privileged container of some kilobytes on the machine of the Docker daemon, for who may use Docker and need not
         * be root. Nothing is pulled or built for the engine that is built in.
         */
        SIDECAR,
        /**
         * Inside the target itself, which must be privileged. Any image will do for the engine that is built in; for SystemTap it
         * must have that.
         */
        CONTAINER
    }

    /** The part of a test that is watched. */
    enum Window {
        /** Whatever is set further out. */
        INHERIT,
        /** The test method alone. */
        TEST,
        /** The test method with its {@code @BeforeEach} and {@code @AfterEach} methods. */
        LIFECYCLE
    }

    /** What becomes of a test where no engine can be used. */
    enum Unavailable {
        /** Whatever is set further out. */
        INHERIT,
        /** It fails. */
        FAIL,
        /** It is skipped, with the reasons. */
        SKIP
    }
}
