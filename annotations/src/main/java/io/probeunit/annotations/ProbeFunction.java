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
 * Records when a function runs inside a container, and checks nothing by itself; see {@link ExpectFunction} for that.
 *
 * <pre>{@code
 * @Test
 * @ProbeFunction(value = "reserve_stock", capture = {"arg1:s32", "arg2:string"})
 * void reserves(Recording recording) {
 *     order(42);
 *     assertThat(recording).function("reserve_stock").firedTimes(1);
 * }
 * }</pre>
 *
 * <p>The test fails if the function cannot be found or probed: a recording is never empty because nothing was probed.
 * Several annotations on the same function make one probe point with all their captures; no firing is counted twice.
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
@Repeatable(ProbeFunction.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ProbeFunction {

    /**
     * The function's name in the binary's symbol table, or, for C++ and Rust, the name in the source ({@code
     * shop::order}, {@code shop::Cart::add(int)}). Or a glob: {@code *} means any characters, {@code ?} one character,
     * {@code [a-z]} one of the set, {@code [!x]} one that is not in it.
     *
     * <p>A glob counts the firings of all functions that it matches, together. If the binary has only clones of a
     * function ({@code foo.constprop.0}, {@code foo.isra.1}, {@code foo.part.2}), the name means all of them. These are
     * errors: an unknown name, an inlined function, and a glob that matches nothing or more than the limit.
     *
     * @return a name or a glob
     */
    String value();

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

    /**
     * The values to record at each firing: {@code "arg1"} to {@code "arg6"} at the entry, {@code "return"} with {@link
     * #onReturn()}; each with an optional type: {@code "arg2:string"}, {@code "return:s32"}. {@code "$name"} and {@code
     * "$order->id"} are a parameter and what it leads to, by debug information. {@code "stack"} is the user stack of
     * the first 32 firings in a window.
     *
     * <p>The types are {@code s8 s16 s32 s64 u8 u16 u32 u64 hex ptr string}. Without a type, the value has the
     * one that debug information declares; else it is the raw register, 64 bits wide. A firing has the value under its
     * name without the type.
     *
     * @return values to record; by default none
     */
    String[] capture() default {};

    /**
     * Says whether to probe the return of the function instead of its entry. These are two separate points.
     *
     * @return true for the return; by default the entry
     */
    boolean onReturn() default false;

    /** Contains several {@link ProbeFunction}; the compiler adds it. */
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
        ProbeFunction[] value();
    }
}
