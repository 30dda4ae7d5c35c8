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
 * Records when a function runs inside a container, and fails the test if it did not run as often as expected.
 *
 * <pre>{@code
 * @Test
 * @ExpectFunction("reserve_stock")                                                 // at least once
 * @ExpectFunction(value = "cancel_order", times = 0)                               // never
 * @ExpectFunction(value = "write", onReturn = true, where = "return:s64 < 0", atMost = 3)
 * @ExpectFunction(value = "send_mail", within = "5s")                              // at the latest 5 s afterwards
 * void placesTheOrder() {
 *     order(42);
 * }
 * }</pre>
 *
 * <p>With no count given, the function must run at least once. Counts are exact; where firings were lost that could
 * change the result, the verdict is inconclusive, and the test fails and says so. A function that cannot be found or
 * probed fails the test, also with {@code times = 0}. Counts that contradict each other are an error.
 *
 * <p>The result of several expectations is one failure that lists each unmet one in the order declared. If the test
 * itself failed, its own failure comes first. Everything recorded is also in the test's {@code Recording} parameter.
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
@Repeatable(ExpectFunction.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectFunction {

    /**
     * The function's name as it is in the binary's symbol table, or, for C++ and Rust, as the source has it ({@code
     * shop::order}, {@code shop::Cart::add(int)}); or a glob: {@code *} stands for any characters, {@code ?} for one,
     * {@code [a-z]} and {@code [!x]} for one of a set.
     *
     * <p>A glob counts the firings of all functions that it matches, together. A name that survives in the binary as
     * clones alone ({@code foo.constprop.0}, {@code foo.isra.1}, {@code foo.part.2}) means all of them. A name that is
     * not there, a function that was inlined away, and a glob that matches nothing, or more than the limit, are errors.
     *
     * @return a name or a glob
     */
    String value();

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

    /**
     * The values to record at each firing: {@code "arg1"} to {@code "arg6"} at the entry, {@code "return"} with
     * {@link #onReturn()}; each with an optional type: {@code "arg2:string"}, {@code "return:s32"}. {@code "$name"}, a
     * variable by name, is understood, and refused by every engine of this version.
     *
     * <p>The types are {@code s8 s16 s32 s64 u8 u16 u32 u64 hex ptr string}. Without a type it is the raw register, 64
     * bits wide. A firing holds the value under its name without the type.
     *
     * @return values to record; by default none
     */
    String[] capture() default {};

    /**
     * Says whether the return of the function is meant, and not its entry. These are two separate points.
     *
     * @return true for the return; by default the entry
     */
    boolean onReturn() default false;

    /**
     * The exact number of firings; {@code 0} means never.
     *
     * <p>Given together with {@link #atLeast()} or {@link #atMost()} it is an error.
     *
     * @return 0 or more; by default not given
     */
    long times() default -1;

    /**
     * The lowest number of firings that is right.
     *
     * <p>An {@code atLeast} above {@link #atMost()} is an error.
     *
     * @return 0 or more; by default 1 if no count is given at all, and 0 beside {@code atMost}
     */
    long atLeast() default -1;

    /**
     * The highest number of firings that is right; given alone, it allows none at all.
     *
     * @return 0 or more; by default no limit
     */
    long atMost() default -1;

    /**
     * Conditions, all of which must hold for a firing to count: {@code NAME OP LITERAL}, with {@code OP} one of
     * {@code == != < <= > >= =~}, the last of which searches for a regular expression.
     *
     * <p>The literal is the rest of the text; single quotes keep blanks at its ends. A name that {@link #capture()}
     * does not list is captured too, and may carry a type: {@code "return:s32 == -2"}. A number is
     * compared where its type is given, here or in {@code capture}. A condition on the part of a string that was cut off
     * makes the verdict inconclusive, which fails the test.
     *
     * @return conditions; by default every firing counts
     */
    String[] where() default {};

    /**
     * A duration, counted from the return of the test method, that prolongs this expectation alone: {@code "500ms"},
     * {@code "5s"}. A lower bound is waited for and met as soon as it is reached; an upper bound is watched that long.
     *
     * @return a duration; by default only what fires before the test method returns counts
     */
    String within() default "";

    /** Holds several {@link ExpectFunction}; the compiler adds it. */
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
        ExpectFunction[] value();
    }
}
