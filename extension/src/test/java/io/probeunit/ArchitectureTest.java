package io.probeunit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.probeunit.annotations.ProbeSettings;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds which package uses which: the arrows below are all that there are, and each is there. */
@AnalyzeClasses(packages = "io.probeunit", importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {

    private static final String ANNOTATIONS = "io.probeunit.annotations..";
    private static final String[] JUNIT = {"io.probeunit.junit..", "io.probeunit.internal.junit.."};

    /** Modules, their packages, and what these use; no package of a module uses one of a module below. */
    private static final String ARROWS = """
            # kernel
            concurrent:
            kernel: concurrent
            # core
            api:
            plan:
            settings:
            host: concurrent kernel
            tracefs: concurrent host kernel
            names:
            dwarf: host
            binary: dwarf host names plan
            targets: api host kernel plan
            unwind: host
            progress:
            engine: api binary concurrent dwarf host plan settings targets unwind
            stacks: api binary dwarf engine host kernel targets unwind
            columns: engine
            watch: api binary engine host plan targets
            recording: api binary columns concurrent engine host plan stacks targets watch
            report: api plan recording
            timeline: api recording report
            coverage: plan recording report
            # any engine
            engine.*: binary concurrent engine host kernel plan settings targets tracefs unwind
            # extension
            docker: api concurrent host targets
            host.helper: concurrent docker host kernel
            host.sidecar: docker host host.helper kernel progress
            host.container: docker host host.helper kernel targets
            inventory: api binary docker engine host plan settings targets
            assertj: api inventory plan recording
            configuration: annotations engine host host.container host.sidecar inventory plan settings
            declared: api plan
            hosts: api docker engine host plan targets watch
            sampling: api binary declared engine engine.perf host hosts plan report targets
            sessions: api concurrent engine host hosts plan progress recording targets watch
            run: annotations configuration coverage docker engine engine.perf engine.uprobe host host.container host.helper host.sidecar hosts inventory plan progress report sampling sessions settings targets
            arming: annotations api binary configuration coverage declared docker engine host hosts plan progress recording sessions targets watch
            plain: api arming concurrent configuration declared engine hosts plan recording run sessions
            # JUnit
            junit.settings: configuration
            junit.declared: annotations annotations.bridge api configuration declared inventory plan recording
            junit.lifecycle: annotations annotations.bridge api arming concurrent configuration coverage declared docker engine host hosts inventory junit.declared plan progress recording report run sampling sessions targets timeline
            junit: api declared junit.declared plan
            """;

    @ArchTest
    static void packages_use_each_other_as_in_the_list(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(not(resideInAPackage(ANNOTATIONS)))
                        .collect(Collectors.groupingBy(ArchitectureTest::user))
                        .entrySet()
                        .stream()
                        .map(one -> "%s: %s".formatted(one.getKey(), used(one.getValue())))
                        .map(String::strip)
                        .sorted())
                .containsExactlyElementsOf(ARROWS.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .sorted()
                        .toList());
    }

    @ArchTest
    static final ArchRule no_package_leads_back_to_itself = slices().matching("io.probeunit.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage(ANNOTATIONS), resideInAPackage(ANNOTATIONS));

    @ArchTest
    static final ArchRule only_docker_knows_testcontainers = noClasses()
            .that(not(resideInAPackage("io.probeunit.internal.docker..")))
            // in signatures alone, so that the compiler refuses what is no container
            .and(not(belongToAnyOf(Marks.class, Functions.class, Probes.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..");

    @ArchTest
    static final ArchRule only_junit_knows_junit_and_the_annotations_that_carry_it = noClasses()
            .that(not(resideInAnyPackage(JUNIT).or(resideInAPackage(ANNOTATIONS))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.junit..", "org.opentest4j..", ANNOTATIONS)
                    // its values; it loads without JUnit, as the tests in compatibility/testng show
                    .and(not(belongToAnyOf(ProbeSettings.class))));

    @ArchTest
    static final ArchRule only_the_assertions_know_assertj = noClasses()
            .that(not(resideInAPackage("io.probeunit.assertj..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.assertj..");

    /** Files, processes and probes are above it, written once. */
    @ArchTest
    static final ArchRule only_the_way_to_the_kernel_makes_calls_in_this_process = noClasses()
            .that(not(resideInAPackage("io.probeunit.internal.kernel..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.jna..");

    /** Build tools, and people, take such a class for a test. */
    @ArchTest
    static final ArchRule no_main_class_is_called_a_test =
            noClasses().that().areTopLevelClasses().should().haveSimpleNameEndingWith("Test");

    private static String used(Collection<JavaClass> users) {
        return users.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> resideInAPackage("io.probeunit..").test(target(arrow)))
                .filter(arrow -> !place(target(arrow)).equals(place(arrow.getOriginClass())))
                .map(arrow -> place(target(arrow)))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static JavaClass target(Dependency arrow) {
        return arrow.getTargetClass().getBaseComponentType();
    }

    /** What one engine may use, all may, but none another one: then its name would be in the list. */
    private static String user(JavaClass one) {
        return place(one).replaceFirst("^engine[.].*", "engine.*");
    }

    /** The package's name after the project's own; the API's package is {@code api}. */
    private static String place(JavaClass one) {
        String name = one.getPackageName();
        return name.equals("io.probeunit")
                ? "api"
                : Stream.of("io.probeunit.internal.", "io.probeunit.")
                        .filter(name::startsWith)
                        .findFirst()
                        .map(prefix -> name.substring(prefix.length()))
                        .orElseThrow();
    }

    /** Fixtures of other modules are on this class path too, as folders or as archives. */
    static final class NoTests implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
        }
    }
}
