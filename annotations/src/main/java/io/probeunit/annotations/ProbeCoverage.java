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
 * Counts how often marks (USDT) and functions fire in each test of a class. It checks nothing by itself; see {@link
 * ExpectCoverage} for that.
 *
 * <pre>{@code
 * @ProbeCoverage(marks = "shop:*")
 * @ExpectCoverage(atLeast = "60%", snapshot = "markers/shop.fired.txt")
 * class ShopCoverageTest {
 * }
 * }</pre>
 *
 * <p>All matches are counted in the windows of all tests of the class and its nested classes. The counts are exact.
 * Details of single firings are not recorded. At the end of the run, the counts of all classes are in one report. A
 * guarded mark is on while a test's window is open. Functions that cannot be probed are left out, and the report lists
 * them with the reason.
 *
 * <p>A test fails if a name or a glob matches nothing.
 *
 * <p>Use it on a class, its superclass, its interfaces or its enclosing classes, and on other annotations. It may be
 * repeated in all these places. On an annotation of a method it is an error.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(ProbeCoverage.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ProbeCoverage {

    /**
     * The marks, each as in {@link ProbeMark#value()}: {@code "provider:name"}, {@code "name"}, or a glob of either.
     *
     * @return marks; by default none
     */
    String[] marks() default {};

    /**
     * The functions, each as in {@link ProbeFunction#value()}: a name or a glob. The entry of each function is counted.
     * A glob may match up to 65,536 functions with engine {@code UPROBE}, and 1,000 with others.
     *
     * @return functions; by default none
     */
    String[] functions() default {};

    /**
     * The executable or library that has these marks and functions: an absolute path inside the container, or a file
     * name. ProbeUnit looks for a file name among the files that the container's processes have mapped, then in PATH,
     * then in the library folders, all inside the container.
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

    /** Contains several {@link ProbeCoverage}; the compiler adds it. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface List {
        /**
         * The annotations.
         *
         * @return each of them, in the order declared
         */
        ProbeCoverage[] value();
    }
}
