package io.probeunit.internal.stacks;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFiles;
import io.probeunit.internal.unwind.ElfImage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files that processes of a target execute, each read once. Thread-safe. */
final class CodeFiles {

    private final Host host;
    private final Target target;
    private final Map<Key, Optional<CodeFile>> known = new ConcurrentHashMap<>();

    CodeFiles(Host host, Target target) {
        this.host = host;
        this.target = target;
    }

    private record Key(String path, FileIdentity identity) {}

    /** What a process has mapped; empty if it cannot be read any more, or is no ELF file. */
    Optional<CodeFile> of(int pid, MappedCode code) {
        return place(pid, code)
                .flatMap(place -> known.computeIfAbsent(
                        new Key(code.path(), place.identity()), key -> read(place.path(), code.path())));
    }

    private record Place(String path, FileIdentity identity) {}

    /** By its path where that leads to the same file, since the link goes with the process. */
    private Optional<Place> place(int pid, MappedCode code) {
        String link = code.link(pid);
        String path = target.root() + code.path();
        Optional<FileIdentity> mapped = identity(link);
        Optional<FileIdentity> there = code.isDeleted() ? Optional.empty() : identity(path);
        if (mapped.isPresent() && there.filter(mapped.get()::isSameFile).isEmpty()) {
            return mapped.map(identity -> new Place(link, identity));
        }
        return there.map(identity -> new Place(path, identity));
    }

    private Optional<CodeFile> read(String place, String path) {
        try {
            FileContent content = host.files().content(place);
            return ElfImage.read(content).map(image -> file(image, content, path));
        } catch (HostException unreadable) {
            return Optional.empty();
        }
    }

    private CodeFile file(ElfImage image, FileContent content, String path) {
        try {
            return CodeFile.of(
                    image, BinaryReader.read(content, path, other -> new TargetFiles(host).content(target, other)));
        } catch (BinaryException | HostException | ProbeException unreadable) {
            return new CodeFile(image, Optional.empty(), Optional.empty());
        }
    }

    private Optional<FileIdentity> identity(String path) {
        try {
            return host.files().identity(path);
        } catch (HostException gone) {
            return Optional.empty();
        }
    }
}
