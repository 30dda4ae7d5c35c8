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
 * Fails the test if a function has too small a share of the samples of a container's code. It arms no probes.
 *
 * <pre>{@code
 * @Test
 * @ExpectSampled(value = "compress_block", atLeastPercent = 30)
 * void spendsItsTimeCompressing() {
 *     upload(largeFile);
 * }
 * }</pre>
 *
 * <p><strong>This is statistical.</strong> While the test method runs, perf takes 997 samples for each second that
 * tasks of the container run in user space on a CPU. A sample belongs to the function whose instruction the CPU
 * executes, not to its callers. Time in the kernel and sleeping time do not count at all. A share of 50 % is accurate
 * to some 10 percentage points with 100 samples, and to some 3 with 1,000 samples. No calls are counted: to expect
 * calls, use {@link ExpectFunction}.
 *
 * <p>It needs {@code perf} on the machine of the test, and the right to trace it (usually root), independent of the
 * engine and host of the probes. If one of them is missing, and the host is not {@code LOCAL}, ProbeUnit builds an
 * image with {@code perf} and takes the samples from a sidecar. With {@code window = LIFECYCLE} (see {@link
 * ProbeSettings}) the methods {@code @BeforeEach} and {@code @AfterEach} are sampled too.
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
@Repeatable(ExpectSampled.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectSampled {

    /**
     * The function: a name or a glob, as in {@link ExpectFunction#value()}. A glob means all functions that it matches,
     * together.
     *
     * @return a name or a glob
     */
    String value();

    /**
     * The share of the container's samples that must be in the function.
     *
     * @return a percentage above 0, and at most 100
     */
    double atLeastPercent();

    /**
     * The number of samples that the container must have in all. With fewer, the verdict is inconclusive, and the test
     * fails.
     *
     * @return a number of samples, at least 1; 100 are a tenth of a second of computing
     */
    int minSamples() default 100;

    /**
     * The executable or library that has the function: an absolute path inside the container, or a file name. ProbeUnit
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

    /** Contains several {@link ExpectSampled}; the compiler adds it. */
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
        ExpectSampled[] value();
    }
}
