package io.probeunit.internal.cli;

import io.probeunit.Firing;
import io.probeunit.internal.report.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For programs: one object a line (JSON Lines). */
final class WatchJson implements WatchOutput {

    private final PrintWriter out;
    private List<Map<String, Object>> last = List.of();

    WatchJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(Live live) {
        print(Map.of("format", 1), "armed", Map.of("story", live.story()));
    }

    @Override
    public void next(Live.Look look, List<Firing> fresh) {
        fresh.forEach(firing -> print(Map.of(), "firing", firing(firing)));
        List<Map<String, Object>> counts = counts(look);
        if (!counts.equals(last)) {
            last = counts;
            print(Map.of(), "counts", Map.of("points", counts));
        }
    }

    @Override
    public void end(Live.Look look, List<Firing> fresh) {
        fresh.forEach(firing -> print(Map.of(), "firing", firing(firing)));
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("nanos", look.summary().length().toNanos());
        items.put("points", counts(look));
        items.put("droppedDetails", look.summary().loss().details());
        items.put("doubts", look.summary().loss().interruptions());
        items.put("notes", look.notes());
        print(Map.of(), "end", items);
    }

    private static Map<String, Object> firing(Firing firing) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("probe", firing.probe());
        items.put("container", firing.container());
        items.put("nanos", firing.nanos());
        items.put("pid", firing.pid());
        items.put("tid", firing.tid());
        items.put("command", firing.command());
        items.put("captures", firing.captures());
        return items;
    }

    private static List<Map<String, Object>> counts(Live.Look look) {
        return look.counts().stream()
                .map(count -> {
                    Map<String, Object> items = new LinkedHashMap<>();
                    items.put("point", count.point());
                    items.put("count", count.observation().certain());
                    items.put("exact", count.observation().isExact());
                    items.put("doubts", count.observation().doubtsOfCount());
                    return items;
                })
                .toList();
    }

    private void print(Map<String, Object> before, String event, Map<String, Object> items) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("event", event);
        all.putAll(before);
        all.putAll(items);
        out.println(Json.of(all));
        out.flush();
    }
}
