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
 * Fails the test if the marks that a binary carries are not those of a snapshot: one was lost, renamed, added, or
 * changed the number or types of its arguments, or whether it is guarded by a semaphore.
 *
 * <pre>{@code
 * @Test
 * @ExpectMarks(value = "shop", snapshot = "markers/shop.txt")
 * void carriesTheMarksThatWePromise() {
 * }
 * }</pre>
 *
 * <p>Nothing is probed for this: the binary is read out of the container, before the test method runs, for which neither
 * privileges nor an engine are needed. The failure shows what was removed, added, and changed. A snapshot that does not
 * exist is an error that shows the marks found. Nothing is written into the test resources unasked: with
 * {@code -Dprobeunit.snapshots=update} (also a JUnit configuration parameter) snapshots are written, and nothing is
 * compared.
 *
 * <p>May stand on a test method, on a class, its superclass, an interface that it implements or a class around it (for
 * every test of the class), and on other annotations; in all these places any number of times.
 *
 * <p>JUnit does not look at a method that the test method overrides. There it counts only where an annotation of
 * ProbeUnit on the overriding method or on the class has brought the extension; so, like {@code @Test} itself, it is
 * better repeated on the overriding method. On methods that are no tests, such as those with {@code @BeforeEach}, it is
 * an error where the extension is there, and unseen where nothing has brought it.
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
     * The executable or library that holds the marks: an absolute path as it is inside the container, or a file name
     * that is looked up among what the container's processes have mapped, then in PATH, then in the library folders,
     * all inside the container.
     *
     * @return a path or a file name; by default what {@link Probed#binary()} says, else the executable of the
     *     container's main process
     */
    String binary() default "";

    /**
     * The name of the target, which is that of its field unless {@link Probed#name()} gives another one.
     *
     * @return a target's name; may be left out where the test has one target only
     */
    String container() default "";

    /**
     * The file in the test resources: a path from their root, or from the folder of the test class; from the root alone if
     * it begins with a slash.
     *
     * @return a resource's name; by default the simple name of the test class, with {@code .marks}, in its folder
     */
    String snapshot() default "";

    /** Holds several {@link ExpectMarks}; the compiler adds it. */
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
