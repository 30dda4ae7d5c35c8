package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.kernel.Kernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One link for each file and kind, with any number of sites: removing a link costs the same for one site as for a
 * thousand. Since Linux 6.6.
 */
final class LinkAttacher implements Attacher {

    private final Kernel kernel;
    private final Bpf bpf;

    LinkAttacher(Kernel kernel, Bpf bpf) {
        this.kernel = kernel;
        this.bpf = bpf;
    }

    private record Group(String path, boolean onReturn) {}

    @Override
    public List<Integer> attach(ProgramText text, List<Sites.Site> sites) {
        int program = bpf.load(
                text.write().apply(new CookieSource.FromLink()),
                text.reads() ? Bpf.Kind.LINK_MAY_SLEEP : Bpf.Kind.LINK);
        List<Integer> links = new ArrayList<>();
        try {
            Map<Group, List<Bpf.Place>> groups = sites.stream()
                    .collect(Collectors.groupingBy(
                            s -> new Group(s.path(), s.onReturn()),
                            LinkedHashMap::new,
                            Collectors.mapping(Sites.Site::place, Collectors.toList())));
            groups.forEach(
                    (group, places) -> links.add(bpf.link(program, group.path(), sorted(places), group.onReturn())));
            return links;
        } catch (RuntimeException e) {
            Release.after(e, () -> Release.descriptors(kernel, links));
            throw e;
        } finally {
            Release.descriptor(kernel, program);
        }
    }

    @Override
    public List<Integer> hold(String path, Set<Bpf.Place> places) {
        int program = bpf.load(Bpf.nothing(), Bpf.Kind.LINK);
        try {
            return List.of(bpf.link(program, path, sorted(places), false));
        } finally {
            Release.descriptor(kernel, program);
        }
    }

    private static List<Bpf.Place> sorted(java.util.Collection<Bpf.Place> places) {
        return places.stream()
                .sorted(Comparator.comparingLong(Bpf.Place::offset))
                .toList();
    }
}
