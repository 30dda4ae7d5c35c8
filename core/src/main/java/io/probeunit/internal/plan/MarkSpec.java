package io.probeunit.internal.plan;

import java.util.Optional;

/**
 * A USDT mark.
 *
 * @param provider name or glob, empty for any provider
 * @param name name or glob as in the note ({@code query__start})
 * @param binary where the mark is
 * @param container the target's name, empty where there is one target
 */
public record MarkSpec(
        Optional<NamePattern> provider, NamePattern name, BinarySelector binary, Optional<String> container)
        implements PointSpec {

    /**
     * Reads {@code provider:name}, {@code name}, or a glob of either.
     *
     * <p>DTrace writes {@code query-start} for what the note calls {@code query__start}; a single dash between two
     * characters of the name is accepted for two underscores.
     *
     * @param text the text of the annotation
     * @param binary where the mark is
     * @param container the target's name
     * @return the mark
     * @throws PlanException if the text is no such name
     */
    public static MarkSpec parse(String text, BinarySelector binary, Optional<String> container) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new MarkSpec(Optional.empty(), name(text), binary, container);
        }
        String provider = text.substring(0, colon);
        String name = text.substring(colon + 1);
        if (provider.isEmpty() || name.isEmpty() || name.indexOf(':') >= 0) {
            throw new PlanException(
                    "The mark \"%s\" is not understood (PU0209); write \"provider:name\", \"name\", or a glob such as \"shop:order_*\"."
                            .formatted(text));
        }
        return new MarkSpec(Optional.of(new NamePattern(provider)), name(name), binary, container);
    }

    private static NamePattern name(String text) {
        return new NamePattern(text.indexOf('[') >= 0 ? text : text.replaceAll("(?<=[^-])-(?=[^-])", "__"));
    }

    @Override
    public String describe() {
        return "mark " + provider.map(p -> p + ":").orElse("") + name;
    }
}
