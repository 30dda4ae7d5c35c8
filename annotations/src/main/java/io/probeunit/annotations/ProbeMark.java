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
 * Records when an instrumentation marker (a USDT mark) fires inside a container, and checks nothing by itself; see
 * {@link ExpectMark} for that.
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
 * <p>The test fails if the mark cannot be found or probed: a recording is never empty because nothing was watched.
 * Several annotations on the same mark make one point, with the captures united; no firing is counted twice. A mark
 * that is guarded by a semaphore is switched on for as long as a test watches it.
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
@Repeatable(ProbeMark.List.class)
@ExtendWith(ProbeBridge.class)
@ResourceLock(providers = TargetLocks.class)
public @interface ProbeMark {

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

    /** Holds several {@link ProbeMark}; the compiler adds it. */
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
