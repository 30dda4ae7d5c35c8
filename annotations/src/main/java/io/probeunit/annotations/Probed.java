package io.probeunit.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a field that holds a container as a target: a container whose functions and marks can be probed.
 *
 * <pre>{@code
 * @Container
 * @Probed(name = "shop", binary = "/usr/local/bin/shop")
 * static final GenericContainer<?> shop = new GenericContainer<>("shop:latest");
 * }</pre>
 *
 * <p>Not needed where every container of the test is a target: with no such annotation on any field, all container
 * fields of the test class, of its superclasses and interfaces, and of the classes around it are. With at least one,
 * those so marked are, and no others.
 *
 * <p>The field may be static or not, of any visibility. Its value must be a running container by the time the test
 * method is called; one that is null, or not running, fails the tests that name it. Two targets of one name are an
 * error.
 *
 * <p>Where JUnit runs tests in parallel, those with probes take turns at a container in a static field. A test without
 * any would not wait for them; {@link ProbeSettings} on the class makes it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@ExtendWith(ProbeBridge.class)
public @interface Probed {

    /**
     * The name by which annotations and firings speak of this target.
     *
     * @return a name; by default that of the field
     */
    String name() default "";

    /**
     * The binary that is meant where an annotation on a test names none: an absolute path as it is inside the
     * container, or a file name that is looked up among what the container's processes have mapped, then in PATH, then
     * in the library folders, all inside the container.
     *
     * @return a path or a file name; by default the executable of the container's main process
     */
    String binary() default "";
}
