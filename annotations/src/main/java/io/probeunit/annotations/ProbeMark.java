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
 * Records when a mark (USDT) fires inside a container, and checks nothing by itself; see {@link ExpectMark} for that.
 *
 * <pre>{@code
 * @Test
 * @ProbeMark(value = "shop:order__placed", capture = {"arg1", "arg2:string"})
 * void placesTheOrder(Recording recording) {
 *     order(42);
 *     assertThat(recording).mark("shop:order__placed").firedTimes(1);
 * }
 * }</pre>
 *
 * <p>The test fails if the mark cannot be found or probed: a recording is never empty because nothing was probed.
 * Several annotations on the same mark make one probe point with all their captures; no firing is counted twice. A
 * guarded mark is on while the window of a test probes it.
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
@Repeatable(ProbeMark.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ProbeMark {

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

    /** Contains several {@link ProbeMark}; the compiler adds it. */
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
        ProbeMark[] value();
    }
}
