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
 * Records when an instrumentation marker (a USDT mark) fires inside a container, and fails the test if it did not fire
 * as often as expected.
 *
 * <pre>{@code
 * @Test
 * @ExpectMark("shop:order__*")                                                     // any of them, at least once
 * @ExpectMark(value = "shop:order__placed", times = 1, where = {"arg1 == 42", "arg2:string =~ ^express"})
 * @ExpectMark(value = "shop:order__rejected", times = 0)                           // never
 * @ExpectMark(value = "shop:mail__sent", within = "5s")                            // at the latest 5 s afterwards
 * void placesTheOrder() {
 *     order(42);
 * }
 * }</pre>
 *
 * <p>With no count given, the mark must fire at least once. Counts are exact; where firings were lost that could change
 * the result, the verdict is inconclusive, and the test fails and says so. A mark that cannot be found or probed fails
 * the test, also with {@code times = 0}. Counts that contradict each other are an error.
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
@Repeatable(ExpectMark.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectMark {

    /**
     * The mark: {@code "provider:name"}, {@code "name"}, or a glob of either: {@code *} stands for any characters,
     * {@code ?} for one, {@code [a-z]} and {@code [!x]} for one of a set.
     *
     * <p>Names are those of the binary's notes ({@code query__start}); {@code query-start} is accepted for it. A mark
     * that stands at several places of the binary is one mark. A name without a provider that several providers have is
     * ambiguous, which is an error, and so is a name that is not there, and a glob that matches nothing, or more than
     * the limit.
     *
     * @return a mark or a glob
     */
    String value();

    /**
     * The executable or library that holds the mark: an absolute path as it is inside the container, or a file name
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
     * The values to record at each firing: {@code "arg1"} to {@code "arg12"}, each with an optional type: {@code
     * "arg2:string"}. {@code "$name"}, a variable by name, is understood, and refused by every engine of this version.
     *
     * <p>The types are {@code s8 s16 s32 s64 u8 u16 u32 u64 hex ptr string}. Without a type it is an integer of the
     * width and sign that the mark's note gives. A firing holds the value under its name without the type. An argument
     * that the mark does not have is an error.
     *
     * @return values to record; by default none
     */
    String[] capture() default {};

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
     * does not list is captured too, and may carry a type: {@code "arg1:s32 == -2"}. A condition on the part of a
     * string that was cut off makes the verdict inconclusive, which fails the test.
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

    /** Holds several {@link ExpectMark}; the compiler adds it. */
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
        ExpectMark[] value();
    }
}
