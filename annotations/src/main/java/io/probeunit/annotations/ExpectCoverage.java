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
 * Fails a class if too few of the points of {@link ProbeCoverage} fired in its tests, or if a point in a snapshot did
 * not fire.
 *
 * <pre>{@code
 * @ProbeCoverage(marks = "postgresql:*")
 * @ExpectCoverage(atLeast = "60%", of = "postgresql:*", snapshot = "markers/postgresql.fired.txt")
 * class QueriesTest {
 * }
 * }</pre>
 *
 * <p>ProbeUnit judges after the last test of the class, and the class fails, not one of its tests. The failure names
 * each point that did not fire. If not all tests of the class ran to their end, a missing point is inconclusive, which
 * also fails the class. With {@code -Dprobeunit.snapshots=update} (also a JUnit configuration parameter) snapshots are
 * written into the test resources, and {@code atLeast} is still checked.
 *
 * <p>Use it on a class, its superclass, its interfaces or its enclosing classes, and on other annotations. It may be
 * repeated in all these places. It judges the tests of the class that has or inherits it, and of the classes nested in
 * that class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(ExpectCoverage.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectCoverage {

    /**
     * The share of the points that must have fired, in percent.
     *
     * @return for example {@code "60%"} or {@code "99.5%"}, above 0 and at most 100; by default no share is expected
     */
    String atLeast() default "";

    /**
     * The points that are judged: names or globs, written as in {@link ProbeCoverage#marks()} and {@link
     * ProbeCoverage#functions()}.
     *
     * @return by default all points of all {@link ProbeCoverage} of the class
     */
    String[] of() default {};

    /**
     * The name of the target whose points are judged.
     *
     * @return a target's name; by default those of all targets
     */
    String container() default "";

    /**
     * A file in the test resources with the points that must fire: a path from their root, or from the folder of the
     * test class. With a slash in front, it is a path from the root.
     *
     * @return a resource's name, such as {@code "markers/shop.fired.txt"}; by default no snapshot is compared
     */
    String snapshot() default "";

    /** Contains several {@link ExpectCoverage}; the compiler adds it. */
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
        ExpectCoverage[] value();
    }
}
