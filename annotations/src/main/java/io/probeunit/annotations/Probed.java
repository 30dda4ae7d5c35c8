package io.probeunit.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes the container in this field a target: a container whose functions and marks can be probed.
 *
 * <pre>{@code
 * @Container
 * @Probed(name = "shop", binary = "/usr/local/bin/shop")
 * static final GenericContainer<?> shop = new GenericContainer<>("shop:latest");
 * }</pre>
 *
 * <p>If no field has this annotation, all container fields of the test class, its superclasses, interfaces and
 * enclosing classes are targets. If at least one field has it, only fields with it are targets.
 *
 * <p>The field may be static or not, with any visibility. Its value must be a running container when the test method is
 * called; otherwise the tests that name it fail. Two targets with the same name are an error.
 *
 * <p>If JUnit runs tests in parallel, tests with probes take turns at a container in a static field. A test without
 * probes does not wait for them, unless its class has {@link ProbeSettings}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@ExtendWith(ProbeBridge.class)
public @interface Probed {

    /**
     * The name of this target in annotations and firings.
     *
     * @return a name; by default the name of the field
     */
    String name() default "";

    /**
     * The binary for annotations that name none: an absolute path inside the container, or a file name that is looked
     * up among the files that the container's processes have mapped, then in PATH, then in the library folders, all
     * inside the container.
     *
     * @return a path or a file name; by default the executable of the container's main process
     */
    String binary() default "";
}
