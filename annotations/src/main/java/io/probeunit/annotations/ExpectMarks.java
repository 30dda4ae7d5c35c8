package io.probeunit.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Fails the test if the marks of a binary differ from a snapshot: a mark was removed, renamed or added, the number or
 * types of its arguments changed, or it got or lost a semaphore.
 *
 * <pre>{@code
 * @Test
 * @ExpectMarks(value = "shop", snapshot = "markers/shop.txt")
 * void carriesTheMarksThatWePromise() {
 * }
 * }</pre>
 *
 * <p>This needs no probes: ProbeUnit reads the binary in the container before the test method runs. It needs neither
 * privileges nor an engine. The failure shows the removed, added and changed marks. A missing snapshot is an error that
 * shows the marks of the binary. With {@code -Dprobeunit.snapshots=update} (also a JUnit configuration parameter)
 * snapshots are written into the test resources, and nothing is compared.
 *
 * <p>Use it on a test method, on a class, its superclass, its interfaces or its enclosing classes (for every test of
 * the class), and on other annotations. It may be repeated in all these places.
 *
 * <p>JUnit does not look at a method that the test method overrides. There the annotation counts only if another
 * annotation of ProbeUnit is on the overriding method or on the class. So repeat it on the overriding method, as you
 * repeat {@code @Test}. On methods that are not tests, such as those with {@code @BeforeEach}, it is an error.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(ExpectMarks.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectMarks {

    /**
     * The provider whose marks are compared.
     *
     * @return a provider; by default all providers of the binary
     */
    String value() default "";

    /**
     * The executable or library that has the marks: an absolute path inside the container, or a file name. ProbeUnit
     * looks for a file name among the files that the container's processes have mapped, then in PATH, then in the
     * library folders, all inside the container.
     *
     * @return a path or a file name; by default {@link Probed#binary()}, else the executable of the container's main
     *     process
     */
    String binary() default "";

    /**
     * The name of the target: the name of its field, or {@link Probed#name()}.
     *
     * @return a target's name; may be left out if the test has only one target
     */
    String container() default "";

    /**
     * The file in the test resources: a path from their root, or from the folder of the test class. With a slash in
     * front, it is a path from the root.
     *
     * @return a resource's name; by default the simple name of the test class, with {@code .marks}, in its folder
     */
    String snapshot() default "";

    /** Contains several {@link ExpectMarks}; the compiler adds it. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface List {
        /**
         * The annotations.
         *
         * @return each of them, in the order declared
         */
        ExpectMarks[] value();
    }
}
