package io.probeunit.internal.junit.declared;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.ExpectedOrder;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ProbedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * Names in orders that no other annotation of the test probes: they are probed like an annotation without binary and
 * container, so that an order needs no other annotation.
 */
final class OrderedNames {

    private static final String RETURN = ".return";

    private OrderedNames() {}

    /** Adds to a plan what its orders need. */
    static ProbePlan probed(ProbePlan plan) {
        ProbePlan all = plan;
        for (ExpectedOrder order : plan.orders()) {
            for (String name : order.names()) {
                if (!isProbed(all, name, order)) {
                    List<ProbeRequest> probes = new ArrayList<>(all.probes());
                    probes.add(request(name, order));
                    all = new ProbePlan(probes, all.expectations(), all.orders());
                }
            }
        }
        return all;
    }

    private static boolean isProbed(ProbePlan plan, String name, ExpectedOrder order) {
        try {
            // an empty or incomplete name is another error than a name that is not probed
            point(name);
            return ProbedNames.hasOrdered(plan, name);
        } catch (PlanException | ProbeException e) {
            throw new ExtensionConfigurationException(order.declaration() + ": " + e.getMessage(), e);
        }
    }

    private static ProbeRequest request(String name, ExpectedOrder order) {
        return new ProbeRequest(
                point(name),
                List.of(),
                "%s, where no other annotation probes \"%s\"".formatted(order.declaration(), name));
    }

    private static PointSpec point(String name) {
        BinarySelector binary = new BinarySelector.TargetDefault();
        if (name.indexOf(':') >= 0) {
            return MarkSpec.parse(name, binary, Optional.empty());
        }
        boolean onReturn = name.endsWith(RETURN);
        String function = onReturn ? name.substring(0, name.length() - RETURN.length()) : name;
        return new FunctionSpec(new NamePattern(function), onReturn, binary, Optional.empty());
    }
}
