package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnerTest {

    private final HostFiles files = new LocalHost().files();
    private final Owner owner = Owner.thisJvm(files);

    @Test
    void a_label_is_read_as_it_was_written() {
        assertThat(Owner.parse(owner.toString())).contains(owner);
        assertThat(Owner.parse("what another program wrote")).isEmpty();
    }

    @Test
    void a_jvm_that_lives() {
        assertThat(Owner.isDead(files, owner.toString())).isFalse();
    }

    @Test
    void a_jvm_that_has_ended_though_its_id_was_given_again() {
        Owner earlier = new Owner(
                owner.place(),
                new ProcessName(owner.process().pid(), owner.process().startTime() - 1));

        assertThat(Owner.isDead(files, earlier.toString())).isTrue();
    }

    @Test
    void one_elsewhere_is_not_ours_to_judge() {
        Owner elsewhere =
                new Owner("another machine", new ProcessName(owner.process().pid(), 1));

        assertThat(Owner.isDead(files, elsewhere.toString())).isFalse();
        assertThat(Owner.isDead(files, "")).isFalse();
    }

    /** Each container has a process of this number. */
    @Test
    void one_in_another_pid_namespace_of_the_same_machine_is_not_ours_to_judge() {
        FakeFiles job = container("pid:[4026532001]");
        String label = Owner.thisJvm(job).toString();
        FakeFiles other = container("pid:[4026532002]");

        assertThat(Owner.isDead(other, label)).isFalse();
        assertThat(Owner.isDead(container("pid:[4026532001]"), label)).isTrue();
    }

    @Test
    void where_the_pid_namespace_has_no_name_nobody_is_judged() {
        FakeFiles nameless =
                machine().link("/proc/self", String.valueOf(owner.process().pid()));

        assertThat(Owner.isDead(nameless, Owner.thisJvm(nameless).toString())).isFalse();
    }

    /** As after {@code unshare --pid} without a new mount of {@code /proc}. */
    @Test
    void where_proc_shows_another_pid_namespace_nobody_is_judged() {
        FakeFiles outer = container("pid:[4026532001]")
                .link("/proc/self", "987654")
                .link("/proc/987654/ns/pid", "pid:[4026532001]");

        assertThat(Owner.isDead(outer, Owner.thisJvm(outer).toString())).isFalse();
    }

    /** A machine on which this JVM's number is not taken. */
    private static FakeFiles machine() {
        return new FakeFiles().file("/proc/sys/kernel/random/boot_id", "one-boot\n");
    }

    private FakeFiles container(String namespace) {
        String self = String.valueOf(owner.process().pid());
        return machine().link("/proc/self", self).link("/proc/%s/ns/pid".formatted(self), namespace);
    }
}
