#!/usr/bin/env bash
# bpf(2), links of uprobes (BPF_TRACE_UPROBE_MULTI); seen with Linux 6.18, 2 CPUs, CONFIG_HZ=250.
#
# Each close(2) of such a link waits until all CPUs and tasks have passed a point of rest (RCU grace periods), 30 to 40 ms here,
# however few places the link has. Closes by several threads at the same time share the wait: twenty together take about as long
# as two. So a tool that has a link for each probe and closes them in a loop takes most of a second to end, and looks busy with
# nothing; the number of links counts, not that of probes. Opening does not show it: after the first link, each takes
# microseconds.
#
# Needs root, python3 and a kernel with these links (Linux 6.6). The probes are on the first instruction of /bin/true, which is not
# run; they are gone when the script ends, in whatever way.
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo "this finding needs root"; exit 2; }
command -v python3 >/dev/null || { echo "this finding needs python3"; exit 2; }
echo "Linux $(uname -r), $(nproc) CPUs"
exec python3 - "$(readlink -f /bin/true)" <<'P'
import ctypes, os, platform, struct, sys, threading, time

CALL = {"x86_64": 321, "aarch64": 280}[platform.machine()]
PROG_LOAD, LINK_CREATE, KPROBE, UPROBE_MULTI, LINKS = 5, 28, 2, 48, 20
libc = ctypes.CDLL(None, use_errno=True)


def bpf(command, attributes):
    memory = ctypes.create_string_buffer(attributes, 144)
    result = libc.syscall(CALL, command, memory, len(memory))
    if result < 0:
        sys.exit("bpf(2) refuses command %d: %s" % (command, os.strerror(ctypes.get_errno())))
    return result


def entry(path):
    """The place in the file of the first instruction."""
    elf = open(path, "rb").read()
    start, headers = struct.unpack_from("<QQ", elf, 24)
    size, count = struct.unpack_from("<HH", elf, 54)
    for i in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", elf, headers + i * size)
        if kind == 1 and address <= start < address + length:
            return start - address + offset
    sys.exit("no segment holds the first instruction")


nothing = ctypes.create_string_buffer(struct.pack("<BBhi", 0xB7, 0, 0, 0) + struct.pack("<BBhi", 0x95, 0, 0, 0))
licence = ctypes.create_string_buffer(b"GPL")
program = bpf(PROG_LOAD, struct.pack("<IIQQIIQII16sII", KPROBE, 2, ctypes.addressof(nothing), ctypes.addressof(licence),
                                     0, 0, 0, 0, 0, b"", 0, UPROBE_MULTI))
path = ctypes.create_string_buffer(sys.argv[1].encode())
places = (ctypes.c_ulonglong * 1)(entry(sys.argv[1]))
wanted = struct.pack("<IIIIQQQQIII", program, 0, UPROBE_MULTI, 0, ctypes.addressof(path), ctypes.addressof(places), 0, 0, 1, 0, 0)


def millis(work):
    begin = time.monotonic()
    work()
    return (time.monotonic() - begin) * 1000


def links():
    return [bpf(LINK_CREATE, wanted) for _ in range(LINKS)]


def together(descriptors):
    threads = [threading.Thread(target=os.close, args=(one,)) for one in descriptors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


first = links()
in_turn = millis(lambda: [os.close(one) for one in first])
second = links()
at_once = millis(lambda: together(second))
print("%d links closed in turn: %.0f ms; by as many threads: %.0f ms" % (LINKS, in_turn, at_once))
if in_turn < 4 * at_once:
    sys.exit("CHANGED: closing in turn costs less than four times as much")
print("as described: in turn it takes %.0f times as long" % (in_turn / at_once))
P
