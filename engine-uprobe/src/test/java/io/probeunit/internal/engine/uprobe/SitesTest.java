package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.targets.TargetFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SitesTest {

    private static final TargetFile FILE = new TargetFile("/bin/shop", "/merged/bin/shop", new FileIdentity(1, 2));
    private static final Slot ARG_1 = new Slot(new CaptureSource.Argument(1), false);
    private static final Slot ARG_2_TEXT = new Slot(new CaptureSource.Argument(2), true);
    private static final Operand IN_RDI = new Operand(4, true, new OperandLocation.Register(5, 0), "-4@%edi");
    private static final Operand IN_AH = new Operand(1, false, new OperandLocation.Register(0, 8), "1@%ah");
    private static final Operand ON_STACK = new Operand(
            8,
            false,
            new OperandLocation.Memory(OptionalInt.of(7), OptionalInt.of(0), 8, -16, Optional.empty()),
            "8@-16(%rsp,%rax,8)");
    private static final Operand FOUR = new Operand(4, true, new OperandLocation.Constant(4), "-4@$4");

    @Test
    void clones_of_a_function_are_sites_of_one_point() {
        Sites sites = Sites.of(List.of(function("a", false, 0x10), function("b", false, 0x20, 0x30)), new X86PtRegs());

        assertThat(sites.sites())
                .containsExactly(
                        new Sites.Site(0, "/merged/bin/shop", false, 0x10, 0),
                        new Sites.Site(1, "/merged/bin/shop", false, 0x20, 0),
                        new Sites.Site(1, "/merged/bin/shop", false, 0x30, 0));
        assertThat(sites.layouts()).containsExactly(new Layout(List.of()));
    }

    @Test
    void an_argument_is_in_the_register_that_its_type_leaves_it() {
        Slot arg2 = new Slot(new CaptureSource.Argument(2), false);
        ProbePoint.Function plain =
                (ProbePoint.Function) function("a", false, 0x10).recording(List.of(ARG_1), List.of());
        ProbePoint.Function shifted = new ProbePoint.Function(
                "b", false, plain.symbols(), FILE, List.of(arg2), List.of(), List.of(), Map.of(2, 1), Map.of());

        assertThat(Sites.of(List.of(plain, shifted), new X86PtRegs()).layouts()).hasSize(1);
    }

    @Test
    void what_is_read_in_the_same_way_shares_a_layout() {
        Sites sites = Sites.of(
                List.of(
                        function("a", false, 0x10).recording(List.of(ARG_1), List.of()),
                        function("b", false, 0x20),
                        function("c", false, 0x30).recording(List.of(ARG_1), List.of())),
                new X86PtRegs());

        assertThat(sites.sites()).extracting(Sites.Site::layout).containsExactly(0, 1, 0);
        assertThat(sites.layouts()).hasSize(2);
    }

    @Test
    void a_function_and_its_return_are_read_from_the_registers_of_the_calling_convention() {
        Slot returned = new Slot(new CaptureSource.ReturnValue(), false);
        Sites sites = Sites.of(
                List.of(
                        function("a", false, 0x10).recording(List.of(ARG_1, ARG_2_TEXT), List.of()),
                        function("a", true, 0x10).recording(List.of(returned), List.of())),
                new X86PtRegs());

        assertThat(sites.sites()).extracting(Sites.Site::onReturn).containsExactly(false, true);
        assertThat(sites.layouts())
                .containsExactly(
                        new Layout(List.of(
                                new SlotReading.Register(112, 0, 8, false),
                                new SlotReading.Text(new SlotReading.Register(104, 0, 8, false)))),
                        new Layout(List.of(new SlotReading.Register(80, 0, 8, false))));
    }

    @Test
    void sites_of_a_mark_that_have_their_arguments_elsewhere_have_layouts_of_their_own() {
        Mark mark = new Mark(
                "shop",
                "order",
                List.of(site(0x10, IN_RDI, IN_AH), site(0x20, FOUR, ON_STACK), site(0x30, IN_RDI, FOUR)));
        Slot arg2 = new Slot(new CaptureSource.Argument(2), false);
        Sites sites = Sites.of(List.of(new ProbePoint.UsdtMark(mark, FILE, List.of(ARG_1, arg2))), new X86PtRegs());

        assertThat(sites.sites()).extracting(Sites.Site::point).containsOnly(0);
        assertThat(sites.sites()).extracting(Sites.Site::layout).containsExactly(0, 1, 2);
        assertThat(sites.layouts())
                .containsExactly(
                        new Layout(List.of(
                                new SlotReading.Register(112, 0, 4, true), new SlotReading.Register(80, 8, 1, false))),
                        new Layout(List.of(
                                new SlotReading.Constant(4), new SlotReading.Memory(152, 80, 8, -16, 8, false))),
                        new Layout(List.of(new SlotReading.Register(112, 0, 4, true), new SlotReading.Constant(4))));
    }

    @Test
    void a_cookie_holds_the_largest_point_and_a_layout_beside_it() {
        long cookie = new Sites.Site(Sites.MOST_POINTS - 1, "/x", false, 0, 70_000).cookie();

        assertThat((int) cookie).isEqualTo(65_535);
        assertThat(Sites.layout(cookie)).isEqualTo(70_000);
    }

    private static ProbePoint function(String name, boolean onReturn, long... offsets) {
        List<FunctionSymbol> symbols = Arrays.stream(offsets)
                .mapToObj(offset -> new FunctionSymbol(name, 0x400000 + offset, offset, 1))
                .toList();
        return new ProbePoint.Function(name, onReturn, symbols, FILE, List.of());
    }

    private static MarkSite site(long offset, Operand... operands) {
        return new MarkSite(0x400000 + offset, offset, Optional.empty(), List.of(operands));
    }
}
