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
 * <p>The test fails if the function cannot be found or probed: a recording is never empty because nothing was
 * watched. Several annotations on the same function make one point, with the captures united; no firing is counted
 * twice.
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
@Repeatable(ProbeFunction.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ProbeFunction {

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

    /** Holds several {@link ProbeFunction}; the compiler adds it. */
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
