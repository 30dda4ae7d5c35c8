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
 * Fails the test if a function was found running in too small a share of the samples that were taken of a container's
 * code. No probe is armed for it.
 *
 * <pre>{@code
 * @Test
 * @ExpectSampled(value = "compress_block", atLeastPercent = 30)
 * void spendsItsTimeCompressing() {
 *     upload(largeFile);
 * }
 * }</pre>
 *
 * <p><strong>This is statistical.</strong> While the test method runs, the instruction that each CPU executes is looked at
 * 997 times for each second that tasks of the container run in user space. The share is that of the samples whose
 * instruction is the function's own: time in functions that it calls is theirs, and time in the kernel or asleep is
 * nobody's, and no part of the whole. A share of 50 % by 100 samples is right to some 10 points, by 1,000 samples to some
 * 3. No call is counted: that a function is called, or not, is for {@link ExpectFunction} to say.
 *
 * <p>Needs {@code perf} on the machine of the test, and the right to trace it (root, as a rule), whatever engine and host
 * arm the probes of the test. Where that is missing, a sidecar with {@code perf} samples, whose image is built for it, unless
 * the host is {@code LOCAL}. With {@code window = LIFECYCLE} (see {@link ProbeSettings}) the methods {@code @BeforeEach} and
 * {@code @AfterEach} belong to it.
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
@Repeatable(ExpectSampled.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectSampled {

    /**
     * The function: a name or a glob, as {@link ExpectFunction#value()} takes it. A glob is all functions that it matches,
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
     * How many samples the container must have in all. With fewer the verdict is inconclusive, which fails the test.
     *
     * @return a number of samples, at least 1; 100 are a tenth of a second of computing
     */
    int minSamples() default 100;

    /**
     * The executable or library that holds the function: an absolute path as it is inside the container, or a file name
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

    /** Holds several {@link ExpectSampled}; the compiler adds it. */
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
