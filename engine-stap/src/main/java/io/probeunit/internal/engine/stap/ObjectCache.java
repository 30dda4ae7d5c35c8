package io.probeunit.internal.engine.stap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scripts that were compiled before, and compared with what was meant: a class that probes what another one probed in the
 * same container need not wait for SystemTap again. A script holds the path of the container's file system on the host and
 * the id of its cgroup; with the places in the files beside it, the same text means the same probes. Thread-safe.
 */
final class ObjectCache {

    private static final int MOST = 16;

    private final Map<String, byte[]> objects = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<byte[]> find(String text) {
        return Optional.ofNullable(objects.get(text)).map(byte[]::clone);
    }

    synchronized void keep(String text, byte[] object) {
        objects.put(text, object.clone());
    }
}
