package io.probeunit.internal.recording;

import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The captures of several annotations on one probe point, united. */
public final class CaptureTypes {

    private CaptureTypes() {}

    /**
     * Refuses annotations on one point that give different types for one value.
     *
     * @param requests the annotations that were resolved to the same point
     * @throws PlanException with both declarations
     */
    public static void check(List<ProbeRequest> requests) {
        Map<String, Typed> typed = new HashMap<>();
        for (ProbeRequest request : requests) {
            for (Capture capture : request.captures()) {
                capture.type().ifPresent(type -> {
                    Typed other = typed.putIfAbsent(capture.key(), new Typed(capture, request));
                    if (other != null && !other.capture().equals(capture)) {
                        throw contradiction(other, new Typed(capture, request));
                    }
                });
            }
        }
    }

    /** The captures by key, in the order of the annotations; of a key with and without a type, the one with it. */
    static Map<String, Capture> united(List<ProbeRequest> requests) {
        Map<String, Capture> united = new LinkedHashMap<>();
        for (ProbeRequest request : requests) {
            request.captures()
                    .forEach(c -> united.merge(c.key(), c, (a, b) -> a.type().isPresent() ? a : b));
        }
        return united;
    }

    private static PlanException contradiction(Typed one, Typed other) {
        if (one.request().equals(other.request())) {
            return new PlanException("%s reads %s as %s and as %s; a firing holds it once, so give one type (PU0221)."
                    .formatted(one.request().declaration(), one.key(), one.type(), other.type()));
        }
        return new PlanException(
                "%s reads %s as %s, and %s, on the same probe point, as %s; a firing holds it once, so give one type (PU0221)."
                        .formatted(
                                one.request().declaration(),
                                one.key(),
                                one.type(),
                                other.request().declaration(),
                                other.type()));
    }

    private record Typed(Capture capture, ProbeRequest request) {
        String key() {
            return capture.key();
        }

        String type() {
            return capture.type().map(t -> t.keyword()).orElse("");
        }
    }
}
