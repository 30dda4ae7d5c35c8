package io.probeunit.internal.engine;

import java.util.Locale;
import java.util.Optional;

/**
 * Which engine a test asks for.
 *
 * @param name of the engine, in lower case; empty for any
 */
public record EngineChoice(Optional<String> name) {

    /** Any engine. */
    public static final EngineChoice AUTO = new EngineChoice(Optional.empty());

    /**
     * Reads the value of a setting.
     *
     * @param value {@code AUTO}, or the name of an engine, in upper or lower case
     */
    public static EngineChoice of(String value) {
        return value.equalsIgnoreCase(AUTO.toString())
                ? AUTO
                : new EngineChoice(Optional.of(value.toLowerCase(Locale.ROOT)));
    }

    /** Whether any engine will do. */
    public boolean isAuto() {
        return name.isEmpty();
    }

    /**
     * Says whether an engine may be taken.
     *
     * @param engine its name
     */
    public boolean allows(String engine) {
        return name.map(engine::equals).orElse(true);
    }

    /** As settings write it. */
    @Override
    public String toString() {
        return name.map(engine -> engine.toUpperCase(Locale.ROOT)).orElse("AUTO");
    }
}
