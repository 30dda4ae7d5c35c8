package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The program lies elsewhere than in the image's layers, or where nobody may write. The program itself counts. */
@Tag("slow-with-perf")
@Timeout(120)
class WhereTheFileLiesTest {

    abstract static class Counting {

        @Probed
        TruthContainer container;

        abstract TruthContainer make() throws IOException;

        @BeforeEach
        void start() throws IOException {
            container = make();
            container.start();
        }

        @AfterEach
        void stop() {
            container.stop();
        }

        @Test
        @ProbeFunction("alpha")
        @ProbeFunction(value = "beta", onReturn = true, capture = "return:s32")
        @ProbeMark(value = "gamma", capture = "arg1")
        void the_main_executable(Recording recording) {
            assertThat(recording).function("alpha").firedTimes(container.truth().call("alpha", 7));
            long beta = container.truth().call("beta", 3);
            assertThat(recording.functionReturn("beta").count()).isEqualTo(beta).isEqualTo(3);
            assertThat(recording).mark("gamma").firedTimes(container.truth().call("gamma", 5));
        }
    }

    @Nested
    class ARootThatIsReadOnly extends Counting {
        @Override
        TruthContainer make() {
            return new TruthContainer()
                    .withCreateContainerCmdModifier(cmd -> cmd.getHostConfig().withReadonlyRootfs(true));
        }
    }

    /** In the image, there is another program at this path. */
    @Nested
    class ABindMountOverTheFile extends Counting {
        @TempDir
        Path folder;

        @Override
        TruthContainer make() throws IOException {
            Path onHost = folder.resolve("truth");
            copyOut(onHost);
            return new TruthContainer(TruthContainer.ELSEWHERE)
                    .withCreateContainerCmdModifier(cmd -> cmd.getHostConfig()
                            .withBinds(
                                    new Bind(onHost.toString(), new Volume(TruthContainer.ELSEWHERE), AccessMode.ro)));
        }
    }

    @Nested
    class ABindMountOverTheFolder extends Counting {
        @TempDir
        Path folder;

        @Override
        TruthContainer make() throws IOException {
            copyOut(folder.resolve("truth"));
            return new TruthContainer(TruthContainer.ELSEWHERE)
                    .withCreateContainerCmdModifier(cmd -> cmd.getHostConfig()
                            .withBinds(new Bind(
                                    folder.toString(),
                                    new Volume(Path.of(TruthContainer.ELSEWHERE)
                                            .getParent()
                                            .toString()),
                                    AccessMode.rw)));
        }
    }

    /** Docker fills a new volume with what the image has at this place. */
    @Nested
    class AVolumeOverTheFolder extends Counting {
        private static final String VOLUME =
                "probeunit-conformance-" + ProcessHandle.current().pid();

        private final DockerClient docker = DockerClientFactory.instance().client();

        @Override
        TruthContainer make() {
            Volume folder = new Volume(Path.of(TruthContainer.PIE).getParent().toString());
            return new TruthContainer()
                    .withCreateContainerCmdModifier(
                            cmd -> cmd.getHostConfig().withBinds(new Bind(VOLUME, folder, AccessMode.rw)));
        }

        @Override
        @AfterEach
        void stop() {
            super.stop();
            docker.removeVolumeCmd(VOLUME).exec();
        }
    }

    /** The host has not mounted this file system: it is seen through the container alone. */
    @Nested
    class AFileSystemInMemory extends Counting {
        @Override
        TruthContainer make() {
            return new TruthContainer()
                    .withTmpFs(Map.of("/ram", "rw,exec"))
                    .withCommand("sh", "-c", "cp %s /ram/ && exec /ram/truth".formatted(TruthContainer.PIE));
        }
    }

    /** ... not even where the host has a file at the very path. */
    @Nested
    class AFileSystemInMemoryAndAnotherFileAtThePathOnTheHost extends Counting {
        @TempDir
        Path folder;

        @Override
        TruthContainer make() throws IOException {
            try (TruthContainer other = TruthContainer.started()) {
                other.copyOut(TruthContainer.ELSEWHERE, folder.resolve("truth"));
            }
            return new TruthContainer()
                    .withTmpFs(Map.of(folder.toString(), "rw,exec"))
                    .withCommand("sh", "-c", "cp %s %s && exec %2$s/truth".formatted(TruthContainer.PIE, folder));
        }
    }

    private static void copyOut(Path to) throws IOException {
        try (TruthContainer other = TruthContainer.started()) {
            other.copyOut(TruthContainer.PIE, to);
        }
        Files.setPosixFilePermissions(to.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
