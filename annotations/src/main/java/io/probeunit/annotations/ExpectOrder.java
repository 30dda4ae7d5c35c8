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
 * <p>A name that no other annotation of the test probes is probed by this one, in the only target's default binary: one
 * with a colon as a mark, any other as a function. Where it is to be looked for elsewhere, another annotation must probe
 * it. A name that stands for nothing, or that is ambiguous, is an error, and so are fewer than two names.
 *
 * <p>The order is met if the names can be found in the recording one after the other; other firings may lie between
 * them, and none is taken twice. Conditions and times of other annotations do not count for it. Where details of firings
 * were lost that could change the result, the verdict is inconclusive, and the test fails and says so.
 *
 * <p>May stand on a test method, on a class, its superclass, an interface that it implements or a class around it
 * (for every test of the class), and on other annotations; in all these places any number of times.
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

    /** Holds several {@link ExpectOrder}; the compiler adds it. */
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
