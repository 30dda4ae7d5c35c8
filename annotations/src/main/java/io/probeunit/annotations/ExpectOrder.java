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
 * Fails the test if probe points did not fire in a given order.
 *
 * <pre>{@code
 * @Test
 * @ProbeFunction("reserve_stock")
 * @ProbeMark("shop:order__placed")
 * @ExpectOrder({"reserve_stock", "shop:order__placed"})
 * void reservesBeforeItPlaces() {
 *     order(42);
 * }
 * }</pre>
 *
 * <p>If no other annotation of the test probes a name, this annotation probes it in the default binary of the only
 * target: a name with a colon as a mark, any other as a function. For another binary or target, add an annotation that
 * probes the name. An unknown name, an ambiguous name, and fewer than two names are errors.
 *
 * <p>The order is met if the recording has firings of these names one after the other. Other firings may be in between,
 * and no firing is used twice. Conditions and counts of other annotations do not matter. If lost details could change
 * the result, the verdict is inconclusive, and the test fails and says so.
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
@Repeatable(ExpectOrder.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectOrder {

    /**
     * The functions and marks that must have fired, in this order: {@code function}, {@code function.return}, {@code
     * provider:mark}, or names and globs as other annotations of the test give them.
     *
     * @return two names or more
     */
    String[] value();

    /** Contains several {@link ExpectOrder}; the compiler adds it. */
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
        ExpectOrder[] value();
    }
}
