/*
 * Makes system calls for whoever holds its standard input, and ends with it. See docs/helper.md for the frames.
 *
 * It needs no C library, so that it runs in any image, also in an empty one. It opens no socket. It trusts its caller and
 * nobody else: what is asked is done with the rights that it was started with.
 *
 * Some threads read one request each, answer it, and read the next: a call that blocks keeps no other request waiting.
 */

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long i64;

#include "calls.h"

/* linux/sched.h */
#define CLONE_THREAD_ALL (0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000)
#define SIGINT 2
#define SIGKILL 9
#define SIGTERM 15
#define SIGCHLD 17
#define SIGNALS 64
/* ILL, TRAP, ABRT, BUS, FPE, KILL, SEGV, CHLD, CONT, STOP, URG, WINCH and SYS: faults, what nobody can ignore, and what ends nothing */
#define FAULTS 0x484705f8ul

/* asm-generic/poll.h */
#define POLLIN 1
#define POLLOUT 4
#define POLLRDHUP 0x2000

/* asm-generic/mman-common.h */
#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20

#define MOST_BYTES (16u << 20)
#define MOST_CALLS 4096u
#define MOST_THREADS 16
#define MOST_MAPS 1024
#define MOST_CHILDREN 128
#define KEPT_BYTES (4u << 20)
#define CHUNK (64u << 10)
#define STACK (64u << 10)

/* asm-generic/errno-base.h, errno.h */
#define EINTR 4
#define EBADF 9
#define EAGAIN 11
#define EFAULT 14
#define EINVAL 22
#define EMFILE 24
#define ENOSYS 38
#define ENOENT 2
#define EACCES 13
#define ENOTDIR 20
#define ESRCH 3
#define ECANCELED 125

#define MAGIC 0x314b5550u /* "PUK1" */

enum { ASK_CALLS = 1, ASK_START = 2, ASK_AT_END = 3 };
enum { TELL_ANSWER = 0, TELL_OUTPUT = 1, TELL_ERRORS = 2, TELL_OUTPUT_END = 3, TELL_ERRORS_END = 4, TELL_EXIT = 5 };
enum { STOP_IF_FAILED = 1, REPEAT = 2, WITH_OFFSET = 4 };
enum { VALUE = 0, POINTER = 1, RESULT = 2 };

/* What is no system call, though it is asked for like one. */
enum {
  OWN = 0xf0000000u,
  OWN_THREADS = OWN,
  OWN_MAP,
  OWN_UNMAP,
  OWN_PEEK,
  OWN_POKE,
  OWN_DRAIN,
  OWN_DRAIN_PERF,
  OWN_SIGNAL,
  OWN_END
};

struct header {
  u32 magic;
  u32 length;
  u32 id;
  u32 check; /* of a request: its sum; of what is told: its kind */
};

struct call {
  u32 number;
  u32 flags;
  u64 arguments[6];
  u8 kinds[8];
};

struct pointer {
  u32 at;
  u32 target;
};

struct range {
  u32 offset;
  u32 length;
  int by; /* the call whose result is the length; -1 for all of it */
  u32 unused;
};

struct calls {
  u32 kind;
  u32 calls;
  u32 pointers;
  u32 ranges;
  u32 data;
  u32 arena;
};

struct start {
  u32 kind;
  u32 number;
  u32 candidates;
  u32 arguments;
  u32 variables;
  u32 text; /* bytes of the strings: the folder, then all of these */
};

/* Memory that grows, and is kept for the next request, unless it is large. Behind it is some that cannot be used: a call that is told of more room
   than there is fails, and writes over nothing. */
struct block {
  u8 *bytes;
  u64 size;
};

struct worker {
  struct block request;
  struct block arena;
  struct block answer;
};

struct map {
  u8 *bytes;
  u64 length;
  u64 protection;
};

/* linux/uio.h */
struct part {
  const u8 *bytes;
  u64 length;
};

struct polled {
  int descriptor;
  u16 wanted;
  u16 found;
};

/* How a start went; it is of the thread that asked for it, since the child may be gone when that looks. */
struct outcome {
  int known; /* a futex */
  int pid;
  int error;
};

struct child {
  u32 number;
  int used;
  int parent;
  int pid;
  int ended;
  int output;
  int errors;
  int report;
  int input_end;
  int output_end;
  int errors_end;
  int report_end;
  u8 *memory; /* of the thread that keeps it: a buffer, then the stack */
  struct outcome *outcome;
  const char *folder;
  char **candidates;
  char **arguments;
  char **variables;
};

static int reading, writing, mapping, children_lock, keeping; /* futexes */
static int threads = 1;
static u32 taken; /* requests so far */
static struct worker workers[MOST_THREADS];
static struct map maps[MOST_MAPS];
static struct child children[MOST_CHILDREN];

struct unaligned {
  u64 word;
} __attribute__((packed, may_alias));

void *memcpy(void *to, const void *from, unsigned long n) {
  u8 *t = to;
  const u8 *f = from;
#if defined(__x86_64__)
  __asm__ volatile("rep movsb" : "+D"(t), "+S"(f), "+c"(n) : : "memory");
#else
  for (; n >= 8; n -= 8, t += 8, f += 8) ((struct unaligned *) t)->word = ((const struct unaligned *) f)->word;
  while (n--) *t++ = *f++;
#endif
  return to;
}

void *memset(void *to, int value, unsigned long n) {
  u8 *t = to;
#if defined(__x86_64__)
  __asm__ volatile("rep stosb" : "+D"(t), "+c"(n) : "a"(value) : "memory");
#else
  while (n--) *t++ = (u8) value;
#endif
  return to;
}

static void lock(int *futex) {
  int state = 0;
  if (__atomic_compare_exchange_n(futex, &state, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return;
  while (__atomic_exchange_n(futex, 2, __ATOMIC_ACQUIRE)) call(NR_futex, (u64) futex, 128, 2, 0, 0, 0);
}

static void unlock(int *futex) {
  if (__atomic_exchange_n(futex, 0, __ATOMIC_RELEASE) == 2) call(NR_futex, (u64) futex, 129, 1, 0, 0, 0);
}

static void *memory(u64 bytes, u64 protection) {
  i64 at = call(NR_mmap, 0, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, (u64) -1, 0);
  return at < 0 && at > -4096 ? 0 : (void *) at;
}

static void forget(void *memory, u64 bytes) { call(NR_munmap, (u64) memory, bytes, 0, 0, 0, 0); }

static int room(struct block *block, u64 bytes) {
  if (bytes <= block->size) return 1;
  u64 size = (bytes + CHUNK) & ~(u64) (CHUNK - 1);
  u8 *more = memory(size + CHUNK, 0);
  if (!more) return 0;
  i64 usable = call(NR_mmap, (u64) more, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, (u64) -1, 0);
  if (usable != (i64) more) {
    forget(more, size + CHUNK);
    return 0;
  }
  if (block->bytes) forget(block->bytes, block->size + CHUNK);
  block->bytes = more;
  block->size = size;
  return 1;
}

/* What large requests took counts against the container that the helper runs in, so that it is given back. */
static void trim(struct block *block) {
  if (block->size <= KEPT_BYTES) return;
  forget(block->bytes, block->size + CHUNK);
  *block = (struct block){0, 0};
}

static void complain(const char *text) {
  u64 n = 0;
  while (text[n]) n++;
  call(NR_write, 2, (u64) text, n, 0, 0, 0);
}

/* Who shares a pipe may have made it one that does not block. */
static void await(int descriptor, u16 wanted) {
  struct polled polled = {descriptor, wanted, 0};
  call(NR_ppoll, (u64) &polled, 1, 0, 0, 8, 0);
}

/* Whether all of it came. */
static int take(u8 *to, u64 bytes) {
  while (bytes) {
    i64 n = call(NR_read, 0, (u64) to, bytes, 0, 0, 0);
    if (n == -EAGAIN) await(0, POLLIN);
    if (n == -EINTR || n == -EAGAIN) continue;
    if (n <= 0) return 0;
    to += n;
    bytes -= (u64) n;
  }
  return 1;
}

/* In one call as a rule, since each wakes whoever carries the bytes on. */
static void give(struct part *parts, u64 count) {
  while (count) {
    i64 n = call(NR_writev, 1, (u64) parts, count, 0, 0, 0);
    if (n == -EAGAIN) await(1, POLLOUT);
    if (n == -EINTR || n == -EAGAIN) continue;
    if (n <= 0) return; /* who would read it is gone, as the input will tell */
    for (; count && (u64) n >= parts->length; parts++, count--) n -= (i64) parts->length;
    if (count) {
      parts->bytes += n;
      parts->length -= (u64) n;
    }
  }
}

static void tell(u32 kind, u32 id, const u8 *body, u64 length) {
  struct header header = {MAGIC, (u32) length, id, kind};
  struct part parts[] = {{(u8 *) &header, sizeof header}, {body, length}};
  lock(&writing);
  give(parts, 2);
  unlock(&writing);
}

/* FNV-1a */
static u32 sum(u32 id, const u8 *bytes, u32 length) {
  u32 sum = 0x811c9dc5u ^ id;
  for (u32 i = 0; i < length; i++) sum = (sum ^ bytes[i]) * 0x01000193u;
  return sum;
}

static void end_thread(void *stack, u64 size) __attribute__((noreturn));
static void end_thread(void *stack, u64 size) {
  unmap_and_exit(stack, size);
  __builtin_unreachable();
}

/* ---- memory that is shared with the kernel ---- */

static i64 map(u64 descriptor, u64 length, u64 protection, u64 offset) {
  i64 at = call(NR_mmap, 0, length, protection, MAP_SHARED, descriptor, offset);
  if (at < 0 && at > -4096) return at;
  lock(&mapping);
  int i = 0;
  while (i < MOST_MAPS && maps[i].bytes) i++;
  if (i < MOST_MAPS) maps[i] = (struct map){(u8 *) at, length, protection};
  unlock(&mapping);
  if (i < MOST_MAPS) return i;
  forget((u8 *) at, length);
  return -EMFILE;
}

/* The bytes of a map, where there are so many that may be read or written; under the lock. */
static u8 *mapped(u64 index, u64 offset, u64 bytes, u64 protection) {
  if (index >= MOST_MAPS || !maps[index].bytes || (maps[index].protection & protection) != protection) return 0;
  return offset <= maps[index].length && bytes <= maps[index].length - offset ? maps[index].bytes + offset : 0;
}

static i64 unmap(u64 index) {
  lock(&mapping);
  i64 result = -EBADF;
  if (mapped(index, 0, 0, 0)) {
    result = call(NR_munmap, (u64) maps[index].bytes, maps[index].length, 0, 0, 0, 0);
    maps[index] = (struct map){0, 0, 0};
  }
  unlock(&mapping);
  return result;
}

/* Words one after the other, each in one piece. */
static i64 peek(u64 index, u64 offset, struct unaligned *to, u64 bytes) {
  i64 result = -EFAULT;
  lock(&mapping);
  u64 *from = (u64 *) mapped(index, offset, bytes, PROT_READ);
  if (from && !((bytes | offset) & 7)) {
    for (u64 i = 0; i < bytes / 8; i++) to[i].word = __atomic_load_n(from + i, __ATOMIC_ACQUIRE);
    result = (i64) bytes;
  }
  unlock(&mapping);
  return result;
}

/* Pairs of an offset and a word. */
static i64 poke(u64 index, const struct unaligned *pairs, u64 count) {
  i64 result = (i64) count;
  lock(&mapping);
  for (u64 i = 0; i < count && result >= 0; i++) {
    u64 offset = pairs[2 * i].word;
    u64 *to = (u64 *) mapped(index, offset, 8, PROT_WRITE);
    if (!to || offset & 7)
      result = -EFAULT;
    else
      __atomic_store_n(to, pairs[2 * i + 1].word, __ATOMIC_RELEASE);
  }
  unlock(&mapping);
  return result;
}

/* Whether a ring can be of so many bytes behind a page of so many; what is more would overflow sums of them. */
static int shaped(u64 page, u64 size) {
  return page >= 4096 && page <= CHUNK && !(page & (page - 1)) && size && size <= MOST_BYTES * 4 && !(size & (size - 1));
}

/* Records of a BPF ring that are complete, with their heads, as many as there is room for; Documentation/bpf/ringbuf.rst. */
static i64 drain(u64 consumer, u64 producer, u64 size, u64 page, u8 *to, u64 room_for) {
  i64 result = -EFAULT;
  if (!shaped(page, size)) return result;
  lock(&mapping);
  u64 *read = (u64 *) mapped(consumer, 0, 8, PROT_READ | PROT_WRITE);
  u64 *written = (u64 *) mapped(producer, 0, page + 2 * size, PROT_READ);
  u64 position = read ? __atomic_load_n(read, __ATOMIC_RELAXED) : 0;
  if (read && written && !(position & 7)) {
    u8 *data = (u8 *) written + page;
    u64 end = __atomic_load_n(written, __ATOMIC_ACQUIRE), n = 0;
    while (position < end) {
      u8 *record = data + (position & (size - 1));
      u32 head = __atomic_load_n((u32 *) record, __ATOMIC_ACQUIRE);
      u64 whole = (((u64) (head & 0x3fffffffu)) + 8 + 7) & ~7ul;
      if (head & 0x80000000u || whole > size || whole > room_for - n) break;
      memcpy(to + n, record, whole);
      memcpy(to + n, &head, sizeof head);
      n += whole;
      position += whole;
    }
    __atomic_store_n(read, position, __ATOMIC_RELEASE);
    result = (i64) n;
  }
  unlock(&mapping);
  return result;
}

/* All bytes of the ring of a perf event, linux/perf_event.h; none where there is no room for all. */
static i64 drain_perf(u64 index, u64 page, u64 size, u8 *to, u64 room_for) {
  i64 result = -EFAULT;
  if (!shaped(page, size)) return result;
  lock(&mapping);
  u8 *ring = mapped(index, 0, page + size, PROT_READ | PROT_WRITE);
  if (ring) {
    u64 head = __atomic_load_n((u64 *) (ring + 1024), __ATOMIC_ACQUIRE);
    u64 tail = __atomic_load_n((u64 *) (ring + 1032), __ATOMIC_RELAXED);
    u64 n = head - tail, from = tail & (size - 1);
    if (n <= size && n <= room_for) {
      u64 first = n < size - from ? n : size - from;
      memcpy(to, ring + page + from, first);
      memcpy(to + first, ring + page, n - first);
      __atomic_store_n((u64 *) (ring + 1032), head, __ATOMIC_RELEASE);
      result = (i64) n;
    }
  }
  unlock(&mapping);
  return result;
}

/* ---- programs ---- */

static struct child *find(u32 number) {
  for (int i = 0; i < MOST_CHILDREN; i++)
    if (children[i].used && children[i].number == number) return &children[i];
  return 0;
}

/* Never to a process that was given the number later: whoever waits for the child holds the lock meanwhile. */
static i64 signal_child(u32 number, u64 signal) {
  lock(&children_lock);
  struct child *child = find(number);
  i64 result = child && child->pid > 0 && !child->ended ? call(NR_kill, (u64) child->pid, signal, 0, 0, 0, 0) : -ESRCH;
  unlock(&children_lock);
  return result;
}

/* All that would end or stop a program, but for its own faults; and that children are waited for, whatever was inherited. */
static void set_signals(u64 handler) {
  u64 action[4] = {handler, 0, 0, 0}, standard[4] = {0, 0, 0, 0};
  for (u64 i = 1; i <= SIGNALS; i++)
    if (!(FAULTS >> (i - 1) & 1)) call(NR_rt_sigaction, i, (u64) action, 0, 8, 0, 0);
  call(NR_rt_sigaction, SIGCHLD, (u64) standard, 0, 8, 0, 0);
}

static void begin(struct child *child) __attribute__((noreturn));
static void begin(struct child *child) {
  set_signals(0);
  u64 none = 0;
  call(NR_rt_sigprocmask, 2, (u64) &none, 0, 8, 0, 0);
  /* PR_SET_PDEATHSIG: when the thread ends that has started it, which is when this program does; that may be already.
     0 is a parent outside of the child's namespace. */
  call(NR_prctl, 1, SIGTERM, 0, 0, 0, 0);
  i64 parent = call(NR_getppid, 0, 0, 0, 0, 0, 0);
  if (parent && parent != child->parent) call(NR_exit_group, 127, 0, 0, 0, 0, 0);
  i64 error = call(NR_dup3, (u64) child->input_end, 0, 0, 0, 0, 0);
  if (error >= 0) error = call(NR_dup3, (u64) child->output_end, 1, 0, 0, 0, 0);
  if (error >= 0) error = call(NR_dup3, (u64) child->errors_end, 2, 0, 0, 0, 0);
  /* CLOSE_RANGE_CLOEXEC: a probe hangs on its descriptor, and must not outlive the helper in a child */
  call(NR_close_range, 3, ~0u, 4, 0, 0, 0);
  if (error >= 0) error = call(NR_chdir, (u64) child->folder, 0, 0, 0, 0, 0);
  if (error >= 0) {
    error = -ENOENT;
    for (char **path = child->candidates; *path; path++) {
      i64 now = call(NR_execve, (u64) *path, (u64) child->arguments, (u64) child->variables, 0, 0, 0);
      if (now != -ENOENT && now != -ENOTDIR) error = now;
      if (now != -ENOENT && now != -ENOTDIR && now != -EACCES) break;
    }
  }
  int why = (int) -error;
  call(NR_write, (u64) child->report_end, (u64) &why, sizeof why, 0, 0, 0);
  call(NR_exit_group, 127, 0, 0, 0, 0, 0);
  __builtin_unreachable();
}

static void close_all(int *descriptors, int count) {
  for (int i = 0; i < count; i++)
    if (descriptors[i] >= 0) call(NR_close, (u64) descriptors[i], 0, 0, 0, 0, 0);
}

/* Reads once from a child's end; whether there may be more. */
static int pass(struct child *child, int descriptor, u32 kind, u8 *buffer) {
  i64 n = call(NR_read, (u64) descriptor, (u64) buffer, CHUNK, 0, 0, 0);
  if (n == -EINTR || n == -EAGAIN) return 1;
  if (n > 0) {
    tell(kind, child->number, buffer, (u64) n);
    return 1;
  }
  tell(kind + (TELL_OUTPUT_END - TELL_OUTPUT), child->number, buffer, 0);
  call(NR_close, (u64) descriptor, 0, 0, 0, 0, 0);
  return 0;
}

/* Whether the child has ended; then its status was told. */
static int reap(struct child *child) {
  int status = 0;
  lock(&children_lock);
  i64 pid = call(NR_wait4, (u64) child->pid, (u64) &status, 1 /* WNOHANG */, 0, 0, 0);
  if (pid) child->ended = 1;
  unlock(&children_lock);
  if (!pid) return 0;
  u32 code = status & 0x7f ? 128u + (u32) (status & 0x7f) : (u32) (status >> 8 & 0xff);
  tell(TELL_EXIT, child->number, (u8 *) &code, sizeof code);
  return 1;
}

/* Starts a program, and hands on what it prints until it has ended. */
static void keep(void *argument) {
  struct child *child = argument;
  struct outcome *outcome = child->outcome;
  u8 *memory = child->memory;
  i64 pid = call(NR_clone, SIGCHLD, 0, 0, 0, 0, 0);
  if (!pid) begin(child);
  int ends[] = {child->input_end, child->output_end, child->errors_end, child->report_end};
  close_all(ends, 4);
  int why = pid < 0 ? (int) -pid : 0;
  if (pid > 0) {
    i64 n;
    do n = call(NR_read, (u64) child->report, (u64) &why, sizeof why, 0, 0, 0);
    while (n == -EINTR);
    if (n == sizeof why)
      call(NR_wait4, (u64) pid, 0, 0, 0, 0, 0);
    else
      why = 0;
  }
  call(NR_close, (u64) child->report, 0, 0, 0, 0, 0);
  int output = child->output, errors = child->errors;
  if (!why) __atomic_store_n(&child->pid, (int) pid, __ATOMIC_RELEASE);
  outcome->pid = (int) pid;
  outcome->error = why;
  /* from here on the child is this thread's if it was started, else that of who asked; and the outcome is nobody's */
  __atomic_store_n(&outcome->known, 1, __ATOMIC_RELEASE);
  call(NR_futex, (u64) &outcome->known, 129, 1, 0, 0, 0);
  if (why) end_thread(memory, CHUNK + STACK);
  i64 process = call(NR_pidfd_open, (u64) pid, 0, 0, 0, 0, 0);
  int ended = 0;
  while (!ended || output >= 0 || errors >= 0) {
    struct polled polled[3] = {{output, POLLIN, 0}, {errors, POLLIN, 0}, {ended ? -1 : (int) process, POLLIN, 0}};
    /* in nanoseconds; kernels before 5.3 have no descriptors of processes, so that one looks now and then */
    u64 pause[2] = {process < 0 && !ended ? 0 : 3600, process < 0 && !ended ? 20000000 : 0};
    call(NR_ppoll, (u64) polled, 3, (u64) pause, 0, 8, 0);
    if (polled[0].found && !pass(child, output, TELL_OUTPUT, memory)) output = -1;
    if (polled[1].found && !pass(child, errors, TELL_ERRORS, memory)) errors = -1;
    if (!ended && (process < 0 || polled[2].found)) ended = reap(child);
  }
  if (process >= 0) call(NR_close, (u64) process, 0, 0, 0, 0, 0);
  lock(&children_lock);
  child->used = 0;
  unlock(&children_lock);
  end_thread(memory, CHUNK + STACK);
}

static struct child *new_child(u32 number) {
  struct child *child = 0;
  lock(&children_lock);
  for (int i = 0; i < MOST_CHILDREN && !child; i++)
    if (!children[i].used) child = &children[i];
  if (child) {
    memset(child, 0, sizeof *child);
    child->used = 1;
    child->number = number;
  }
  unlock(&children_lock);
  return child;
}

static i64 run_child(struct child *child, u32 *input) {
  struct outcome outcome = {0, 0, 0};
  int pipes[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
  i64 error = 0;
  for (int i = 0; i < 4 && error >= 0; i++) error = call(NR_pipe2, (u64) (pipes + 2 * i), 02000000, 0, 0, 0, 0);
  child->memory = error < 0 ? 0 : memory(CHUNK + STACK, PROT_READ | PROT_WRITE);
  if (!child->memory) {
    close_all(pipes, 8);
    return error < 0 ? error : -EAGAIN;
  }
  child->outcome = &outcome;
  child->parent = (int) call(NR_getpid, 0, 0, 0, 0, 0, 0);
  child->input_end = pipes[0];
  child->output = pipes[2];
  child->output_end = pipes[3];
  child->errors = pipes[4];
  child->errors_end = pipes[5];
  child->report = pipes[6];
  child->report_end = pipes[7];
  error = start_thread(keep, child, child->memory + CHUNK + STACK, CLONE_THREAD_ALL);
  if (error < 0) {
    forget(child->memory, CHUNK + STACK);
    close_all(pipes, 8);
    return error;
  }
  while (!__atomic_load_n(&outcome.known, __ATOMIC_ACQUIRE)) call(NR_futex, (u64) &outcome.known, 128, 0, 0, 0, 0);
  if (outcome.error) {
    int ours[] = {pipes[1], pipes[2], pipes[4]};
    close_all(ours, 3);
    return -outcome.error;
  }
  *input = (u32) pipes[1];
  return outcome.pid;
}

/* The strings one after the other, each with its end; 0 if there are fewer. */
static char *strings(char *text, char *end, u32 count, char **to) {
  for (u32 i = 0; i < count; i++) {
    to[i] = text;
    while (text < end && *text) text++;
    if (text++ >= end) return 0;
  }
  to[count] = 0;
  return text;
}

/* What is done at the end, when nobody hears answers any more. */
static struct worker last;
static u32 last_length; /* 0 if there is nothing */

static void answer(struct worker *worker, u32 id, u64 length) {
  if (worker != &last) tell(TELL_ANSWER, id, worker->answer.bytes, length);
}

static void refuse(struct worker *worker, u32 id) {
  *(u32 *) worker->answer.bytes = EINVAL;
  answer(worker, id, 4);
}

static void do_start(struct worker *worker, u32 id, u32 length) {
  struct start *start = (struct start *) worker->request.bytes;
  u64 all = length < sizeof *start ? 0 : (u64) start->candidates + start->arguments + start->variables;
  if (!all || length - sizeof *start != start->text || all > MOST_CALLS * 4 || !start->candidates || !start->arguments
      || !room(&worker->arena, (all + 4) * sizeof(char *))) {
    refuse(worker, id);
    return;
  }
  char **list = (char **) worker->arena.bytes;
  char *text = (char *) (start + 1), *end = text + start->text;
  char *folder[2];
  char **candidates = list, **arguments = candidates + start->candidates + 1, **variables = arguments + start->arguments + 1;
  text = strings(text, end, 1, folder);
  if (text) text = strings(text, end, start->candidates, candidates);
  if (text) text = strings(text, end, start->arguments, arguments);
  if (text) text = strings(text, end, start->variables, variables);
  if (text != end) {
    refuse(worker, id);
    return;
  }
  struct {
    u32 status;
    u32 input;
    i64 result;
  } *told = (void *) worker->answer.bytes;
  told->status = 0;
  told->input = 0;
  struct child *child = new_child(start->number);
  told->result = -EAGAIN;
  if (child) {
    child->folder = folder[0];
    child->candidates = candidates;
    child->arguments = arguments;
    child->variables = variables;
    told->result = run_child(child, &told->input);
    if (told->result < 0) {
      lock(&children_lock);
      child->used = 0;
      unlock(&children_lock);
    }
  }
  answer(worker, id, sizeof *told);
}

/* ---- calls ---- */

static void work(void *) __attribute__((noreturn));

static i64 more_threads(u64 wanted) {
  lock(&children_lock);
  i64 result = 0;
  while (result >= 0 && threads < MOST_THREADS && (u64) threads < wanted) {
    u8 *stack = memory(STACK, PROT_READ | PROT_WRITE);
    result = stack ? start_thread(work, &workers[threads], stack + STACK, CLONE_THREAD_ALL) : -EAGAIN;
    if (result >= 0)
      threads++;
    else if (stack)
      forget(stack, STACK);
  }
  if (result >= 0) result = threads;
  unlock(&children_lock);
  return result;
}

/* The arena of a request, as far as that asked for it. */
struct arena {
  u8 *bytes;
  u64 size;
};

static int inside(const struct arena *arena, u64 at, u64 bytes) {
  u64 offset = at - (u64) arena->bytes;
  return offset <= arena->size && bytes <= arena->size - offset;
}

static void finish(int status) __attribute__((noreturn));

static i64 own(u32 number, const u64 *a, const struct arena *arena) {
  /* the kernel looks at addresses that it is given; here it is up to us */
  if ((number == OWN_PEEK && !inside(arena, a[2], a[3]))
      || (number == OWN_POKE && (a[2] > MOST_BYTES / 16 || !inside(arena, a[1], a[2] * 16)))
      || (number == OWN_DRAIN && !inside(arena, a[4], a[5])) || (number == OWN_DRAIN_PERF && !inside(arena, a[3], a[4])))
    return -EFAULT;
  switch (number) {
  case OWN_THREADS: return more_threads(a[0]);
  case OWN_MAP: return map(a[0], a[1], a[2], a[3]);
  case OWN_UNMAP: return unmap(a[0]);
  case OWN_PEEK: return peek(a[0], a[1], (struct unaligned *) a[2], a[3]);
  case OWN_POKE: return poke(a[0], (const struct unaligned *) a[1], a[2]);
  case OWN_DRAIN: return drain(a[0], a[1], a[2], a[3], (u8 *) a[4], a[5]);
  case OWN_DRAIN_PERF: return drain_perf(a[0], a[1], a[2], (u8 *) a[3], a[4]);
  case OWN_SIGNAL: return signal_child((u32) a[0], a[1]);
  case OWN_END: finish(0);
  default: return -ENOSYS;
  }
}

static i64 once(u32 number, const u64 *a) {
  i64 result;
  do result = call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  while (result == -EINTR);
  return result;
}

/* As read(2) and write(2) are called until all is done: the second argument moves on, and the fourth where it is an offset.
   The second and third are bytes of the arena, so that there is an end to it. */
static i64 repeat(u32 number, u64 *a, int with_offset) {
  i64 done = 0;
  while (1) {
    i64 n = once(number, a);
    if (n < 0) return done ? done : n;
    done += n;
    if (!n || (u64) n >= a[2]) return done;
    a[1] += (u64) n;
    a[2] -= (u64) n;
    if (with_offset) a[3] += (u64) n;
  }
}

static i64 do_call(const struct call *asked, const i64 *results, u32 before, const struct arena *arena) {
  u64 arguments[6];
  for (int i = 0; i < 6; i++) {
    u64 value = asked->arguments[i];
    switch (asked->kinds[i]) {
    case VALUE: break;
    case POINTER:
      if (value > arena->size) return -EFAULT;
      value += (u64) arena->bytes;
      break;
    case RESULT:
      if (value >= before) return -EINVAL;
      if (results[value] < 0) return -ECANCELED;
      value = (u64) results[value];
      break;
    default: return -EINVAL;
    }
    arguments[i] = value;
  }
  if (asked->number >= OWN) return own(asked->number, arguments, arena);
  if (!(asked->flags & REPEAT)) return once(asked->number, arguments);
  if (!inside(arena, arguments[1], arguments[2])) return -EFAULT;
  return repeat(asked->number, arguments, asked->flags & WITH_OFFSET);
}

static int fits(const struct calls *calls, u32 length) {
  return length >= sizeof *calls && calls->calls <= MOST_CALLS && calls->pointers <= MOST_BYTES / 8
         && calls->ranges <= MOST_CALLS && calls->data <= calls->arena && calls->arena <= MOST_BYTES
         && (u64) length
                == sizeof *calls + (u64) calls->calls * sizeof(struct call) + (u64) calls->pointers * sizeof(struct pointer)
                       + (u64) calls->ranges * sizeof(struct range) + calls->data;
}

/* Bytes of the answer; 0 if something in the frame lies outside of what it must lie in. */
static u64 measure(const struct calls *asked, u32 length) {
  if (!fits(asked, length)) return 0;
  const struct pointer *pointers = (const struct pointer *) ((const struct call *) (asked + 1) + asked->calls);
  const struct range *ranges = (const struct range *) (pointers + asked->pointers);
  u64 told = 8 + 8ul * asked->calls;
  for (u32 i = 0; i < asked->ranges; i++) {
    if (ranges[i].offset > asked->arena || ranges[i].length > asked->arena - ranges[i].offset || ranges[i].by < -1
        || ranges[i].by >= (int) asked->calls)
      return 0;
    told += 4ul + ranges[i].length;
  }
  for (u32 i = 0; i < asked->pointers; i++)
    if (pointers[i].target > asked->arena || asked->arena < 8 || pointers[i].at > asked->arena - 8) return 0;
  return told > 2ul * MOST_BYTES ? 0 : told;
}

static void do_calls(struct worker *worker, u32 id, u32 length) {
  struct calls *asked = (struct calls *) worker->request.bytes;
  u64 told = measure(asked, length);
  /* some bytes more, so that a pointer to the end is one */
  if (!told || !room(&worker->arena, asked->arena + 8ul) || !room(&worker->answer, told)) {
    refuse(worker, id);
    return;
  }
  struct call *all = (struct call *) (asked + 1);
  struct pointer *pointers = (struct pointer *) (all + asked->calls);
  struct range *ranges = (struct range *) (pointers + asked->pointers);
  u8 *data = (u8 *) (ranges + asked->ranges);
  u8 *arena = worker->arena.bytes;
  struct arena usable = {arena, asked->arena};
  memcpy(arena, data, asked->data);
  memset(arena + asked->data, 0, asked->arena - asked->data + 8);
  for (u32 i = 0; i < asked->pointers; i++) {
    u64 target = (u64) (arena + pointers[i].target);
    memcpy(arena + pointers[i].at, &target, 8);
  }
  u8 *to = worker->answer.bytes;
  ((u32 *) to)[0] = 0;
  ((u32 *) to)[1] = asked->calls;
  i64 *results = (i64 *) (to + 8);
  int stopped = 0;
  for (u32 i = 0; i < asked->calls; i++) {
    results[i] = stopped && all[i].flags & STOP_IF_FAILED ? -ECANCELED : do_call(&all[i], results, i, &usable);
    stopped |= results[i] < 0 && all[i].flags & STOP_IF_FAILED;
  }
  u64 n = 8 + 8ul * asked->calls;
  for (u32 i = 0; i < asked->ranges; i++) {
    i64 most = ranges[i].by < 0 ? ranges[i].length : results[ranges[i].by];
    u32 bytes = most < 0 ? 0 : most > ranges[i].length ? ranges[i].length : (u32) most;
    memcpy(to + n, &bytes, 4);
    memcpy(to + n + 4, arena + ranges[i].offset, bytes);
    n += 4 + bytes;
  }
  answer(worker, id, n);
}

/* ---- the beginning and the end ---- */

/* Whether a child of ours runs; under the lock. Its own thread may wait for somebody to read what it printed. */
static int runs(const struct child *child) {
  u32 found[32] = {0}; /* a siginfo, which begins with the signal; P_PID, WEXITED | WNOHANG | WNOWAIT */
  return child->used && child->pid > 0 && !child->ended
         && !call(NR_waitid, 1, (u64) child->pid, (u64) found, 0x1000005, 0, 0) && !found[0];
}

static int some_left(void) {
  int left = 0;
  lock(&children_lock);
  for (int i = 0; i < MOST_CHILDREN && !left; i++) left = runs(&children[i]);
  unlock(&children_lock);
  return left;
}

static void signal_all(u64 signal) {
  lock(&children_lock);
  for (int i = 0; i < MOST_CHILDREN; i++)
    if (runs(&children[i])) call(NR_kill, (u64) children[i].pid, signal, 0, 0, 0, 0);
  unlock(&children_lock);
}

/* The input has ended: programs end in order, as long as they take probes away, and then all that the kernel holds for us. */
/* Keeps calls for the end, instead of those that were kept before. */
static void do_keep(struct worker *worker, u32 id, u32 length) {
  struct calls *asked = (struct calls *) worker->request.bytes;
  lock(&keeping);
  int kept = measure(asked, length) && room(&last.request, length + 8ul) && room(&last.answer, CHUNK);
  if (kept) {
    memcpy(last.request.bytes, worker->request.bytes, length);
    last_length = length;
  }
  unlock(&keeping);
  if (!kept) {
    refuse(worker, id);
    return;
  }
  ((u32 *) worker->answer.bytes)[0] = 0;
  ((u32 *) worker->answer.bytes)[1] = 0;
  answer(worker, id, 8);
}

static void finish(int status) __attribute__((noreturn));
static void finish(int status) {
  u64 pause[2] = {0, 10000000};
  signal_all(SIGTERM);
  for (int i = 0; i < 6000 && some_left(); i++) {
    /* SystemTap may miss a signal that comes while it starts */
    if (i % 100 == 99) signal_all(i % 200 == 99 ? SIGINT : SIGTERM);
    call(NR_nanosleep, (u64) pause, 0, 0, 0, 0, 0);
  }
  signal_all(SIGKILL);
  lock(&keeping);
  if (last_length) do_calls(&last, 0, last_length);
  call(NR_exit_group, (u64) status, 0, 0, 0, 0, 0);
  __builtin_unreachable();
}

/* Reads a request; whoever reads the end of all keeps the others from reading on. */
static struct header next(struct worker *worker) {
  struct header header;
  lock(&reading);
  if (!take((u8 *) &header, sizeof header)) finish(0);
  if (header.magic != MAGIC || header.length > MOST_BYTES * 2 || header.length < 4) {
    complain("what came is no request\n");
    finish(2);
  }
  if (!room(&worker->request, header.length + 8ul)) {
    complain("there is no memory for a request\n");
    finish(3);
  }
  if (!take(worker->request.bytes, header.length)) finish(0);
  __atomic_add_fetch(&taken, 1, __ATOMIC_RELAXED);
  unlock(&reading);
  return header;
}

static void work(void *argument) {
  struct worker *worker = argument;
  while (1) {
    if (!room(&worker->answer, CHUNK)) finish(3);
    struct header header = next(worker);
    u32 kind = *(u32 *) worker->request.bytes;
    if (sum(header.id, worker->request.bytes, header.length) != header.check)
      refuse(worker, header.id);
    else if (kind == ASK_CALLS)
      do_calls(worker, header.id, header.length);
    else if (kind == ASK_START)
      do_start(worker, header.id, header.length);
    else if (kind == ASK_AT_END)
      do_keep(worker, header.id, header.length);
    else
      refuse(worker, header.id);
    trim(&worker->request);
    trim(&worker->arena);
    trim(&worker->answer);
  }
}

/* Ends where nobody can: the caller is gone, and all threads are in calls that block. What is still in the pipe is answered
   first, as long as that goes on. */
static void watch(void *unused) {
  (void) unused;
  struct polled input = {0, POLLRDHUP, 0};
  while (!input.found) call(NR_ppoll, (u64) &input, 1, 0, 0, 8, 0);
  u64 second[2] = {1, 0};
  u32 before;
  do {
    before = __atomic_load_n(&taken, __ATOMIC_RELAXED);
    call(NR_nanosleep, (u64) second, 0, 0, 0, 0, 0);
  } while (before != __atomic_load_n(&taken, __ATOMIC_RELAXED));
  finish(0);
}

/* Ends with its input alone: a signal to all of a group, or one for a pipe that nobody reads, means others. */
void main_of_helper(u64 *stack) {
  (void) stack;
  set_signals(1);
  u8 *watching = memory(STACK, PROT_READ | PROT_WRITE);
  if (!watching || start_thread(watch, 0, watching + STACK, CLONE_THREAD_ALL) < 0) {
    complain("there is no memory for a thread\n");
    finish(3);
  }
  work(&workers[0]);
}
