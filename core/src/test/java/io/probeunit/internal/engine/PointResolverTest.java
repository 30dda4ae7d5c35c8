package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.KernelIdentity;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's own process stands for a container. */
@EnabledOnOs(OS.LINUX)
class PointResolverTest {

    private static final String LIBRARY = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so")
            .toString();

    /** Files whose content is read, in their order. */
    private final List<String> read = new ArrayList<>();

    private final HostFiles files = counting(new LocalHost().files());
    private final PointResolver resolver = new PointResolver(new CountingHost(), Duration.ofMinutes(1));
    private final Target target = new Target(
            "jvm",
            "c0ffee",
            ProcessHandle.current().pid(),
            ProcessName.ofThisJvm(files).startTime(),
            "2026-01-02T03:04:05Z",
            new Cgroup("/docker/c0ffee", 7, CgroupLevels.exactly(2)),
            new BinarySelector.TargetDefault());

    @Test
    void a_binary_is_read_once_however_many_tests_ask_for_how_many_functions() {
        for (int test = 0; test < 20; test++) {
            var now = resolver.resolveNow(target);
            for (String name : List.of("JNI_CreateJavaVM", "JVM_Sleep", "JNI_Create*")) {
                assertThat(now.apply(request(name)).points()).isNotEmpty();
                assertThat(resolver.resolve(target, request(name)).points()).isNotEmpty();
            }
        }

        assertThat(read).filteredOn(path -> path.endsWith("libjvm.so")).hasSize(1);
    }

    @Test
    void who_asks_the_same_gets_the_same_points_in_the_words_of_his_own_annotation() {
        PointSpec point = request("JNI_CreateJavaVM").point();
        List<Capture> captures = List.of(Capture.parse("arg1"));
        ProbeRequest one = new ProbeRequest(point, captures, "an annotation");
        ProbeRequest other = new ProbeRequest(point, captures, "another annotation");

        assertThat(resolver.resolve(target, other).points())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(resolver.resolve(target, one).points());
        assertThat(resolver.resolve(target, other).notes())
                .isNotEmpty()
                .allSatisfy(note -> assertThat(note).startsWith("another annotation: "));
    }

    /** The same inode, written over in place, with the size that it had. */
    @Test
    void a_binary_that_was_changed_is_read_anew(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lib.so");
        Path one = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
        Path other = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
        Files.write(file, padded(one, other));
        assertThat(resolver.resolve(target, request("Java_java_lang_Runtime_gc", file.toString()))
                        .points())
                .isNotEmpty();

        Files.write(file, padded(other, one));

        assertThat(resolver.resolve(target, request("Java_java_util_zip_CRC32_update", file.toString()))
                        .points())
                .isNotEmpty();
    }

    /** Its names were read, and the code of some functions was not. */
    @Test
    void a_binary_that_changes_between_two_questions_as_of_one_moment_is_not_mixed(@TempDir Path folder)
            throws IOException {
        Path file = Files.copy(Path.of(LIBRARY), folder.resolve("lib.so"));
        var now = resolver.resolveNow(target);
        assertThat(now.apply(request("JNI_CreateJavaVM", file.toString())).points())
                .isNotEmpty();

        Files.write(file, new byte[100], StandardOpenOption.APPEND);

        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> now.apply(request("JVM_*", file.toString())))
                .withMessage(
                        "%s in target jvm was changed while it was read (PU1033). Let the container settle before the test method runs.",
                        file);
        assertThat(resolver.resolve(target, request("JVM_*", file.toString())).points())
                .isNotEmpty();
    }

    /** The launcher asks dlsym for the first, and libjava.so imports the other. */
    @Test
    void hints_come_from_what_the_processes_have_loaded() {
        assertThat(hints("JNI_CreateJavaVM")).singleElement().asString().contains("no file that runs now imports");
        assertThat(hints("JVM_GC")).isEmpty();
    }

    private List<String> hints(String function) {
        return resolver.hints(
                target, resolver.resolve(target, request(function)).points());
    }

    private static byte[] padded(Path one, Path other) throws IOException {
        return Arrays.copyOf(Files.readAllBytes(one), (int) (Files.size(one) + Files.size(other)));
    }

    private static ProbeRequest request(String name) {
        return request(name, LIBRARY);
    }

    private static ProbeRequest request(String name, String path) {
        return new ProbeRequest(
                new FunctionSpec(new NamePattern(name), false, new BinarySelector.AbsolutePath(path), Optional.empty()),
                List.of(),
                "test");
    }

    private HostFiles counting(HostFiles local) {
        return (HostFiles) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HostFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("content")) {
                        read.add((String) arguments[0]);
                    }
                    if (method.getName().equals("list") && arguments[0].equals("/proc")) {
                        return List.of();
                    }
                    try {
                        return method.invoke(local, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class CountingHost implements Host {
        @Override
        public Kernel calls() {
            throw new UnsupportedOperationException("calls");
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public HostFiles files() {
            return files;
        }

        @Override
        public HostProcess start(Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KernelIdentity kernel() {
            return new KernelIdentity("6", "x86_64", "boot");
        }

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }
    }
}
