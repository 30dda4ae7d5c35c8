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
 * Records when a mark (USDT) fires inside a container, and fails the test if it did not fire as often as expected.
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
 * <p>With no count given, the mark must fire at least once. Counts are exact. If lost firings could change the result,
 * the verdict is inconclusive, and the test fails and says so. A mark that cannot be found or probed fails the test,
 * also with {@code times = 0}. Counts that contradict each other are an error.
 *
 * <p>Several unmet expectations give one failure that lists them in the order declared. If the test itself failed, its
 * own failure comes first. The test's {@code Recording} parameter has everything that was recorded.
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
@Repeatable(ExpectMark.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ExpectMark {

    /**
     * The mark: {@code "provider:name"}, {@code "name"}, or a glob of either: {@code *} means any characters, {@code ?}
     * one character, {@code [a-z]} one of the set, {@code [!x]} one that is not in it.
     *
     * <p>Use the name in the binary's ELF notes ({@code query__start}); {@code query-start} means the same. A mark with
     * several sites in the binary is one mark. These are errors: a name without a provider that several providers have,
     * an unknown name, and a glob that matches nothing or more than the limit.
     *
     * @return a mark or a glob
     */
    String value();

    /**
     * The executable or library that has the mark: an absolute path inside the container, or a file name. ProbeUnit
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
     * The values to record at each firing: {@code "arg1"} to {@code "arg12"}, each with an optional type: {@code
     * "arg2:string"}. {@code "$name"} is for functions. {@code "stack"} is the user stack of the first 32
     * firings in a window.
     *
     * <p>The types are {@code s8 s16 s32 s64 u8 u16 u32 u64 hex ptr string}. Without a type, the value is an integer
     * with the width and sign in the mark's ELF note. A firing has the value under its name without the type. An
     * argument that the mark does not have is an error.
     *
     * @return values to record; by default none
     */
    String[] capture() default {};

    /**
     * The exact number of firings; {@code 0} means never.
     *
     * <p>It is an error together with {@link #atLeast()} or {@link #atMost()}.
     *
     * @return 0 or more; by default not given
     */
    long times() default -1;

    /**
     * The lowest number of firings that meets the expectation.
     *
     * <p>An {@code atLeast} above {@link #atMost()} is an error.
     *
     * @return 0 or more; by default 1 if no count is given, and 0 if {@code atMost} is given
     */
    long atLeast() default -1;

    /**
     * The highest number of firings that meets the expectation. Given alone, it also allows no firing.
     *
     * @return 0 or more; by default no limit
     */
    long atMost() default -1;

    /**
     * Conditions. A firing counts only if it satisfies all of them. A condition is {@code NAME OP LITERAL}; {@code OP}
     * is one of {@code == != < <= > >= =~}. {@code =~} searches for a regular expression.
     *
     * <p>The literal is the rest of the text; single quotes keep blanks at its ends. A name that is not in {@link
     * #capture()} is captured too, and may have a type: {@code "arg1:s32 == -2"}. If a condition depends on a part of a
     * string that was cut off, the verdict is inconclusive, and the test fails.
     *
     * @return conditions; by default every firing counts
     */
    String[] where() default {};

    /**
     * A duration after the return of the test method, in which firings still count for this expectation: {@code
     * "500ms"}, {@code "5s"}. ProbeUnit waits until a lower bound is reached; for an upper bound, it waits for the
     * whole duration.
     *
     * @return a duration; by default only firings before the return of the test method count
     */
    String within() default "";

    /** Contains several {@link ExpectMark}; the compiler adds it. */
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
