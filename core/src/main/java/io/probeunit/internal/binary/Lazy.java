package io.probeunit.internal.binary;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A value that is computed at the first question. Thread-safe: threads that ask at the same time may each find it out.
 */
final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> source;
    private final AtomicReference<Optional<T>> known = new AtomicReference<>(Optional.empty());

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        Optional<T> before = known.get();
        if (before.isPresent()) {
            return before.get();
        }
        T found = source.get();
        known.set(Optional.of(found));
        return found;
    }
}
