package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElfRoleTest {

    @Test
    void programs_are_begun() {
        assertThat(role(ElfFixture.program(true))).contains(new ElfRole(true, true, ""));
        assertThat(role(ElfFixture.program(false))).contains(new ElfRole(true, false, ""));
        assertThat(role(ElfFixture.fixedProgram())).contains(new ElfRole(true, false, ""));
    }

    @Test
    void libraries_and_loaders_are_not() {
        assertThat(role(ElfFixture.library("libshop.so.1"))).contains(new ElfRole(false, false, "libshop.so.1"));
        assertThat(role(ElfFixture.runnableLibrary("libc.so.6"))).contains(new ElfRole(false, true, "libc.so.6"));
    }

    @Test
    void what_is_no_such_file_has_no_role() {
        assertThat(role(new byte[0])).isEmpty();
        assertThat(role("#!/bin/sh\n".repeat(100).getBytes())).isEmpty();
        byte[] narrow = ElfFixture.program(true);
        narrow[4] = 1;
        assertThat(role(narrow)).isEmpty();
    }

    @Test
    void damage_is_survived() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] file = ElfFixture.library("libshop.so.1");
            for (int change = 0; change < 4; change++) {
                file[random.nextInt(0x140 + 0x100)] = (byte) random.nextInt();
            }
            assertThat(role(Arrays.copyOf(file, 1 + random.nextInt(file.length))))
                    .isNotNull();
        }
    }

    private static Optional<ElfRole> role(byte[] file) {
        return ElfRole.read(FileContent.of(ByteBuffer.wrap(file)));
    }
}
