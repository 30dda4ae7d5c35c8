package io.probeunit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the package table: from the bottom up, each package may use those above it in the table, never those below.
 */
@AnalyzeClasses(packages = "io.probeunit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ANNOTATIONS = "io.probeunit.annotations..";
    private static final String JUNIT = "io.probeunit.junit..";
    private static final String[] ENGINES = {
        "io.probeunit.engine.stap..", "io.probeunit.engine.uprobe..", "io.probeunit.engine.perf.."
    };

    /** The rows of the table; packages in one row do not know each other. */
    private static final List<List<String>> ROWS = List.of(
            List.of("io.probeunit"),
            List.of("io.probeunit.plan.."),
            List.of("io.probeunit.docker.."),
            List.of("io.probeunit.kernel.."),
            List.of("io.probeunit.host.."),
            List.of("io.probeunit.target.."),
            List.of("io.probeunit.binary.."),
            List.of("io.probeunit.inventory.."),
            List.of("io.probeunit.engine.."),
            List.of(ENGINES),
            List.of("io.probeunit.recording.."),
            List.of("io.probeunit.assertj..", "io.probeunit.report.."),
            List.of(JUNIT));

    @ArchTest
    static final ArchRule each_package_uses_only_those_above_it_in_the_table = table();

    @ArchTest
    static final ArchRule every_package_is_in_the_table = classes()
            .that(not(resideInAPackage(ANNOTATIONS)))
            .should()
            .resideInAnyPackage(ROWS.stream().flatMap(List::stream).toArray(String[]::new));

    @ArchTest
    static final ArchRule no_cycles = slices().matching("io.probeunit.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(resideInAPackage(ANNOTATIONS), resideInAPackage(ANNOTATIONS))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_docker_knows_testcontainers = noClasses()
            .that(not(resideInAPackage("io.probeunit.docker..")))
            // in the signature of Marks.of alone, so that the compiler refuses what is no container
            .and(not(type(Marks.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..");

    @ArchTest
    static final ArchRule only_junit_knows_junit_and_the_annotations_that_carry_it = noClasses()
            .that(not(resideInAnyPackage(JUNIT, ANNOTATIONS)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", ANNOTATIONS);

    /** Files, processes and probes are above it, written once. */
    @ArchTest
    static final ArchRule only_the_way_to_the_kernel_makes_calls_in_this_process = noClasses()
            .that(not(resideInAPackage("io.probeunit.kernel..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.jna..");

    private static ArchRule table() {
        LayeredArchitecture table = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true);
        Map<String, List<String>> above = new LinkedHashMap<>();
        List<String> so = new ArrayList<>();
        for (List<String> row : ROWS) {
            row.forEach(name -> above.put(name, List.copyOf(so)));
            so.addAll(row);
        }
        for (String name : above.keySet()) {
            table = table.layer(name).definedBy(in(name));
        }
        for (Map.Entry<String, List<String>> layer : above.entrySet()) {
            table = layer.getValue().isEmpty()
                    ? table.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
                    : table.whereLayer(layer.getKey())
                            .mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
        }
        return table;
    }

    private static DescribedPredicate<? super JavaClass> in(String name) {
        DescribedPredicate<JavaClass> inside = resideInAPackage(name);
        return name.equals("io.probeunit.engine..") ? inside.and(not(resideInAnyPackage(ENGINES))) : inside;
    }
}
