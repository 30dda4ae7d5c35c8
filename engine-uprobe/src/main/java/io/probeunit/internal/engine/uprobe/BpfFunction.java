package io.probeunit.internal.engine.uprobe;

/** Functions of the kernel that a program may call; {@code enum bpf_func_id}. */
enum BpfFunction {
    MAP_LOOKUP_ELEM(1),
    MAP_UPDATE_ELEM(2),
    MAP_DELETE_ELEM(3),
    KTIME_GET_NS(5),
    GET_SMP_PROCESSOR_ID(8),
    GET_CURRENT_PID_TGID(14),
    GET_CURRENT_COMM(16),
    GET_CURRENT_TASK(35),
    PROBE_READ_USER(112),
    PROBE_READ_KERNEL(113),
    PROBE_READ_USER_STR(114),
    PROBE_READ_KERNEL_STR(115),
    GET_NS_CURRENT_PID_TGID(120),
    GET_CURRENT_ANCESTOR_CGROUP_ID(123),
    RINGBUF_RESERVE(131),
    RINGBUF_SUBMIT(132),
    COPY_FROM_USER(148),
    GET_ATTACH_COOKIE(174);

    private final int number;

    BpfFunction(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
