package io.probeunit.internal.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Files for a container or an image, as the tar archive that a daemon accepts. Immutable.
 *
 * @param entries their content by their paths, without a slash in front; all may be executed
 */
public record Archive(Map<String, byte[]> entries) {

    private static final int EXECUTABLE = 0100755;

    /** Keeps a copy. */
    public Archive {
        entries = Map.copyOf(entries);
    }

    /**
     * Files of this machine.
     *
     * @param folder where to put them
     * @param files files, and folders with all that is in them
     * @return an archive
     * @throws UncheckedIOException if one cannot be read
     */
    public static Archive of(String folder, List<Path> files) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Path path : files) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                    String name = path.getFileName()
                            .resolve(path.relativize(file))
                            .toString()
                            .replaceFirst("/$", "");
                    entries.put(folder + "/" + name, Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Could not read %s for a container (PU1039)".formatted(path), e);
            }
        }
        return new Archive(entries);
    }

    /**
     * The same with one more file.
     *
     * @param path where to put it
     * @param content of the file
     * @return an archive
     */
    public Archive with(String path, byte[] content) {
        Map<String, byte[]> all = new LinkedHashMap<>(entries);
        all.put(path, content);
        return new Archive(all);
    }

    /**
     * An image of these files, in one layer, as {@code docker save} writes it; Docker Image Specification v1.2, and the
     * {@code manifest.json} of what holds several. With docker-java's own import (3.7.1) the daemon saw an unexpected end.
     */
    byte[] image(String name) {
        byte[] layer = tar();
        String config =
                "{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]}}"
                        .formatted(SidecarContainer.platform(), sha256(layer));
        String manifest =
                "[{\"Config\":\"config.json\",\"RepoTags\":[\"%s\"],\"Layers\":[\"layer.tar\"]}]".formatted(name);
        return new Archive(Map.of(
                        "layer.tar",
                        layer,
                        "config.json",
                        config.getBytes(StandardCharsets.UTF_8),
                        "manifest.json",
                        manifest.getBytes(StandardCharsets.UTF_8)))
                .tar();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    byte[] tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(EXECUTABLE);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
