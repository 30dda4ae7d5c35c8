package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.LocalHost;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Where members of the kernel's structures are, as the kernel itself tells it: {@code /sys/kernel/btf/vmlinux},
 * {@code Documentation/bpf/btf.rst}. Immutable.
 */
final class TypeInformation {

    private static final String PATH = "/sys/kernel/btf/vmlinux";
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;
    private static final int STRUCT = 4;
    private static final int UNION = 5;
    private static final int BYTES_A_MEMBER = 12;

    /** By the kind of a type: bytes behind its own 12 that it has in any case, and for each of its parts. */
    private static final int[] FIXED = {0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0};

    private static final int[] A_PART = {0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12};

    private final ByteBuffer bytes;
    private final int strings;
    /** Where each type begins, by its number. */
    private final int[] types;

    private TypeInformation(ByteBuffer bytes) {
        this.bytes = bytes;
        if (bytes.remaining() < HEADER || Short.toUnsignedInt(bytes.getShort(0)) != MAGIC) {
            throw new EngineException(
                    "The kernel's type information, %s, has an unexpected beginning.".formatted(PATH));
        }
        int header = bytes.getInt(4);
        this.strings = header + bytes.getInt(16);
        this.types = types(header + bytes.getInt(8), bytes.getInt(12));
    }

    static TypeInformation of(Host host) {
        try {
            return new TypeInformation(ByteBuffer.wrap(bytes(host)).order(ByteOrder.nativeOrder()));
        } catch (HostException e) {
            throw new EngineException(
                    "The kernel does not say where the members of its structures are: " + e.getMessage(), e);
        } catch (IndexOutOfBoundsException e) {
            throw new EngineException("The kernel's type information, %s, cannot be read: %s".formatted(PATH, e), e);
        }
    }

    /** A kernel tells all of its processes the same: some megabytes need not cross from a sidecar on this machine. */
    private static byte[] bytes(Host host) {
        Host here = new LocalHost();
        try {
            if (here.kernel().equals(host.kernel())) {
                return here.files().bytes(PATH);
            }
        } catch (HostException hiddenHere) {
            // the host has its own
        }
        return host.files().bytes(PATH);
    }

    /** The offset of a member in a structure, in bytes. */
    int offset(String structure, String member) {
        for (int type = 1; type < types.length; type++) {
            if (kind(type) == STRUCT && isNamed(types[type], structure)) {
                OptionalInt found = member(type, member);
                if (found.isPresent()) {
                    return found.getAsInt();
                }
            }
        }
        throw new EngineException(
                "The kernel's type information, %s, has no member %s in struct %s.".formatted(PATH, member, structure));
    }

    /** Members of parts without a name are those of the whole. */
    private OptionalInt member(int type, String name) {
        boolean packed = bytes.getInt(types[type] + 4) < 0;
        for (int i = 0; i < parts(type); i++) {
            int at = types[type] + 12 + i * BYTES_A_MEMBER;
            int bits = bytes.getInt(at + 8);
            int offset = (packed ? bits & 0xffffff : bits) / Byte.SIZE;
            if (isNamed(at, name)) {
                return OptionalInt.of(offset);
            }
            int part = bytes.getInt(at + 4);
            if (isNamed(at, "") && (kind(part) == STRUCT || kind(part) == UNION)) {
                OptionalInt inside = member(part, name);
                if (inside.isPresent()) {
                    return OptionalInt.of(offset + inside.getAsInt());
                }
            }
        }
        return OptionalInt.empty();
    }

    private int[] types(int from, int length) {
        int[] found = new int[1 << 16];
        int count = 1;
        int at = from;
        while (at < from + length) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = at;
            int info = bytes.getInt(at + 4);
            int kind = info >>> 24 & 0x1f;
            at += 12 + FIXED[kind] + A_PART[kind] * (info & 0xffff);
        }
        return Arrays.copyOf(found, count);
    }

    private int kind(int type) {
        return type == 0 ? 0 : bytes.getInt(types[type] + 4) >>> 24 & 0x1f;
    }

    private int parts(int type) {
        return bytes.getInt(types[type] + 4) & 0xffff;
    }

    private boolean isNamed(int at, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        int text = strings + bytes.getInt(at);
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(text + i) != wanted[i]) {
                return false;
            }
        }
        return bytes.get(text + wanted.length) == 0;
    }
}
