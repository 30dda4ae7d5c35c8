package io.probeunit;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A class below {@code src/test/java} of any module, as its source says: no class path has all modules.
 *
 * @param module its folder
 * @param name with the classes around it
 * @param subject whether it is there to be run by a test: it stands inside of another class, and JUnit does not run it with that
 * @param tree what it is made of
 */
record TestClass(String module, String name, boolean subject, ClassTree tree) {

    private static final Path ROOT = Path.of("..");

    /** Of JUnit, ArchUnit and jqwik. */
    private static final Set<String> TESTS = Set.of(
            "Test",
            "ParameterizedTest",
            "RepeatedTest",
            "TestFactory",
            "TestTemplate",
            "ArchTest",
            "Property",
            "Example");

    static List<TestClass> all() throws IOException {
        List<TestClass> all = new ArrayList<>();
        for (Path module : children(ROOT)) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                all.addAll(of(module.getFileName().toString(), tests));
            }
        }
        return all;
    }

    private static List<TestClass> of(String module, Path tests) throws IOException {
        List<TestClass> classes = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask parser = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources(tests)));
            for (CompilationUnitTree source : parser.parse()) {
                classesOf(source.getTypeDecls()).forEach(top -> {
                    TestClass one = new TestClass(module, top.getSimpleName().toString(), false, top);
                    classes.add(one);
                    one.addInner(classes);
                });
            }
        }
        return classes;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private void addInner(Collection<TestClass> classes) {
        List<ClassTree> inner = classesOf(tree.getMembers()).toList();
        // JUnit runs what a nested class inherits with it
        Set<String> bases = inner.stream()
                .filter(TestClass::isNested)
                .map(one -> String.valueOf(one.getExtendsClause()))
                .collect(Collectors.toSet());
        for (ClassTree one : inner) {
            String own = one.getSimpleName().toString();
            boolean runs = !subject && (isNested(one) || bases.contains(own));
            TestClass added = new TestClass(module, name + "." + own, !runs, one);
            classes.add(added);
            added.addInner(classes);
        }
    }

    /** The names of what test engines run. */
    List<String> tests() {
        List<String> tests = new ArrayList<>();
        for (Tree member : tree.getMembers()) {
            if (member instanceof MethodTree method && isTest(method.getModifiers())) {
                tests.add(method.getName().toString());
            }
            if (member instanceof VariableTree rule && isTest(rule.getModifiers())) {
                tests.add(rule.getName().toString());
            }
        }
        return tests;
    }

    /** The tags of the class and of its methods, as they stand there: between quotes. */
    List<String> tags() {
        List<String> tags = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree one, Void none) {
                return one == tree ? super.visitClass(one, none) : none;
            }

            @Override
            public Void visitAnnotation(AnnotationTree annotation, Void none) {
                if (isCalled(annotation, Set.of("Tag"))) {
                    annotation.getArguments().forEach(tag -> tags.add(tag.toString()));
                }
                return super.visitAnnotation(annotation, none);
            }
        }.scan(tree, null);
        return tags;
    }

    /** Whether it runs by itself: it stands in no other class, and is no base of others. */
    boolean runs() {
        return !name.contains(".") && !tree.getModifiers().getFlags().contains(Modifier.ABSTRACT);
    }

    private static Stream<ClassTree> classesOf(List<? extends Tree> trees) {
        return trees.stream().filter(ClassTree.class::isInstance).map(ClassTree.class::cast);
    }

    private static boolean isNested(ClassTree one) {
        return has(one.getModifiers(), Set.of("Nested"));
    }

    private static boolean isTest(ModifiersTree modifiers) {
        return has(modifiers, TESTS);
    }

    private static boolean has(ModifiersTree modifiers, Set<String> names) {
        return modifiers.getAnnotations().stream().anyMatch(annotation -> isCalled(annotation, names));
    }

    private static boolean isCalled(AnnotationTree annotation, Set<String> names) {
        return names.contains(annotation.getAnnotationType().toString());
    }
}
