package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names in an order, which may be those of functions or of marks. */
final class OrderNames {

    private static final String RETURN = ".return";

    private OrderNames() {}

    /** Finds out what a name stands for. */
    static Selection select(Stage stage, String name) {
        if (name.indexOf(':') >= 0) {
            return checked(stage, new Query(Query.Kind.MARK, name));
        }
        List<Selection> probed = Stream.of(Query.Kind.FUNCTION, Query.Kind.MARK)
                .map(kind -> new Query(kind, name))
                .flatMap(q -> probed(stage, q).stream())
                .toList();
        if (probed.size() > 1) {
            throw new ProbeException(
                    "\"%s\" is both a function and a mark that this test probes; write the mark as provider:name."
                            .formatted(name));
        }
        if (probed.isEmpty() && name.endsWith(RETURN)) {
            String function = name.substring(0, name.length() - RETURN.length());
            return checked(stage, new Query(Query.Kind.RETURN, function));
        }
        return probed.isEmpty() ? checked(stage, new Query(Query.Kind.FUNCTION, name)) : probed.get(0);
    }

    /** Says whether a name stands for something at all, ambiguous or not. */
    static boolean isProbed(Stage stage, String name) {
        if (name.indexOf(':') >= 0) {
            return stage.isProbed(new Query(Query.Kind.MARK, name));
        }
        return stage.isProbed(new Query(Query.Kind.FUNCTION, name))
                || stage.isProbed(new Query(Query.Kind.MARK, name))
                || name.endsWith(RETURN)
                        && stage.isProbed(
                                new Query(Query.Kind.RETURN, name.substring(0, name.length() - RETURN.length())));
    }

    private static Selection checked(Stage stage, Query query) {
        Selection selection = Selection.of(query);
        stage.check(selection);
        return selection;
    }

    /** Empty if nothing of that name is probed; a name that is ambiguous is an error. */
    private static Optional<Selection> probed(Stage stage, Query query) {
        return stage.isProbed(query) ? Optional.of(checked(stage, query)) : Optional.empty();
    }
}
