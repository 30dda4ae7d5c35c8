/*
 * fuzz FRAMES SEED: throws frames at the helper, from random bytes to requests in order, and looks at what it does.
 *
 * System calls do nothing but what the helper needs to go on. A second reader of frames, written apart from the helper's, says
 * what each must come to: the calls that it asks for, with their arguments, and nothing else; or, where it is in no order, no
 * call at all and EINVAL. Each whole frame has one answer. The sanitizers say whether memory was used that is not the helper's.
 */

#include <sanitizer/asan_interface.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#undef __x86_64__ /* there the helper copies in assembly, which no sanitizer sees */
#undef PROT_READ
#undef PROT_WRITE
#undef MAP_SHARED
#undef MAP_PRIVATE
#undef MAP_FIXED
#undef MAP_ANONYMOUS
#define memcpy helper_memcpy
#define memset helper_memset
#include "helper.c"
#undef memcpy
#undef memset

#define MOST_FRAMES 16
#define MOST_LOG 200000
#define MOST_OPEN 256
#define MOST_BLOCKS 4096
#define PID 4321
#define SELF 77

static u64 seed, frames_wanted, frames_done, accepted, refused, starts, cut_off;

#define FAIL(...)                                                            \
  do {                                                                       \
    fprintf(stderr, "after %lu frames of seed %lu: ", frames_done, seed);    \
    fprintf(stderr, __VA_ARGS__);                                            \
    fprintf(stderr, "\n");                                                   \
    abort();                                                                 \
  } while (0)

/* ---- numbers at random ---- */

static u64 state;

static u64 mixed(u64 x) {
  x += 0x9e3779b97f4a7c15ul;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ul;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebul;
  return x ^ (x >> 31);
}

static u64 any(void) { return mixed(state++); }

static u64 below(u64 n) { return n ? any() % n : 0; }

static int one_in(u64 n) { return below(n) == 0; }

/* A number near where something begins, ends or overflows. */
static u64 edge(u64 limit) {
  static const u64 edges[] = {0, 1, 7, 8, 0x7f, 0x1000, 0x7fffffff, 0x80000000, 0xffffffff, 1ul << 32, 1ul << 63, ~0ul};
  switch (below(5)) {
  case 0: return edges[below(sizeof edges / sizeof *edges)];
  case 1: return limit + below(17) - 8;
  case 2: return 0 - below(64);
  case 3: return any() >> below(64);
  default: return below(limit + 1);
  }
}

/* ---- frames ---- */

struct bytes {
  u8 *at;
  u64 size, room;
};

static void put(struct bytes *to, const void *from, u64 n) {
  if (to->size + n > to->room) {
    to->room = (to->size + n) * 2;
    to->at = realloc(to->at, to->room);
  }
  if (n) memcpy(to->at + to->size, from, n);
  to->size += n;
}

static void put32(struct bytes *to, u32 value) { put(to, &value, 4); }

static void put64(struct bytes *to, u64 value) { put(to, &value, 8); }

static u32 get32(const u8 *from) {
  u32 value;
  memcpy(&value, from, 4);
  return value;
}

static u64 get64(const u8 *from) {
  u64 value;
  memcpy(&value, from, 8);
  return value;
}

static void put_noise(struct bytes *to, u64 n) {
  for (u64 i = 0; i < n; i++) {
    u8 byte = (u8) any();
    put(to, &byte, 1);
  }
}

static void put_call(struct bytes *to, u32 number, u32 flags, const u64 *arguments, const u8 *kinds) {
  put32(to, number);
  put32(to, flags);
  for (int i = 0; i < 6; i++) put64(to, arguments[i]);
  put(to, kinds, 8);
}

/* A call of the helper's own, with sizes that are right or near it. */
static void put_own(struct bytes *to, u32 arena) {
  u64 a[6] = {below(3)};
  u8 kinds[8] = {0};
  u32 number = OWN + (u32) below(10);
  u64 page = one_in(8) ? edge(65536) : 4096, size = one_in(8) ? edge(65536) : 4096ul << below(3);
  switch (number) {
  case OWN_THREADS: a[0] = edge(20); break;
  case OWN_MAP:
    a[1] = one_in(10) ? edge(1 << 20) : page + size * (1 + below(2));
    a[2] = one_in(4) ? below(4) : 3;
    break;
  case OWN_PEEK:
    a[1] = one_in(2) ? 8 * below(512) : edge(20000);
    a[2] = one_in(2) ? 8 * below(arena / 8 + 1) : edge(arena);
    a[3] = one_in(2) ? 8 * below(64) : edge(arena);
    kinds[2] = !one_in(16);
    break;
  case OWN_POKE:
    a[1] = one_in(2) ? 0 : edge(arena);
    a[2] = one_in(2) ? below(arena / 16 + 1) : edge(arena / 16);
    kinds[1] = !one_in(16);
    break;
  case OWN_DRAIN:
    a[1] = below(3);
    a[2] = size;
    a[3] = page;
    a[4] = one_in(2) ? 0 : edge(arena);
    a[5] = one_in(2) ? arena : edge(arena);
    kinds[4] = !one_in(16);
    break;
  case OWN_DRAIN_PERF:
    a[1] = page;
    a[2] = size;
    a[3] = one_in(2) ? 0 : edge(arena);
    a[4] = one_in(2) ? arena : edge(arena);
    kinds[3] = !one_in(16);
    break;
  case OWN_SIGNAL: a[0] = below(4), a[1] = below(65); break;
  default: break;
  }
  put_call(to, number, (u32) below(8), a, kinds);
}

static u64 or_edge(u64 value, u64 limit) { return one_in(12) ? edge(limit) : value; }

/* Two maps as those of a ring, which is drained into the arena, and let go. */
static void put_ring(struct bytes *to) {
  u32 arena = (u32) below(4) * 4000;
  u64 page = 4096, size = 4096ul << below(3);
  u64 consumer[6] = {3, or_edge(page, page), one_in(12) ? below(4) : 3};
  u64 producer[6] = {3, or_edge(page + 2 * size, page), one_in(12) ? below(4) : 3};
  u64 wrapped = one_in(12) ? 0 - size : page;
  u64 bpf[6] = {0, 1, or_edge(size, size), one_in(12) ? 0 - 2 * size : or_edge(page, page), or_edge(0, arena), or_edge(arena, arena)};
  u64 perf[6] = {1, or_edge(wrapped, page), or_edge(size, size), or_edge(0, arena), or_edge(arena, arena)};
  u64 first[6] = {0}, second[6] = {1};
  static const u8 plain[8] = {0}, one[8] = {RESULT}, into_bpf[8] = {RESULT, RESULT, 0, 0, POINTER}, into_perf[8] = {RESULT, 0, 0, POINTER};
  put32(to, ASK_CALLS);
  put32(to, 6);
  put32(to, 0);
  put32(to, 0);
  put32(to, 0);
  put32(to, arena);
  put_call(to, OWN_MAP, 0, consumer, plain);
  put_call(to, OWN_MAP, 0, producer, plain);
  put_call(to, OWN_DRAIN, 0, bpf, into_bpf);
  put_call(to, OWN_DRAIN_PERF, 0, perf, into_perf);
  put_call(to, OWN_UNMAP, 0, first, one);
  put_call(to, OWN_UNMAP, 0, second, one);
}

static void put_calls(struct bytes *to) {
  u32 calls = one_in(2000) ? MOST_CALLS + (u32) below(2) : (u32) below(6), data = (u32) below(256);
  u32 arena = data + (u32) (one_in(3) ? 0 : one_in(4000) ? MOST_BYTES - data : below(5000));
  u32 pointers = arena < 8 ? 0 : (u32) below(4), ranges = arena == MOST_BYTES ? 3 : one_in(2000) ? MOST_CALLS + (u32) below(2) : (u32) below(4);
  put32(to, ASK_CALLS);
  put32(to, calls);
  put32(to, pointers);
  put32(to, ranges);
  put32(to, data);
  put32(to, arena);
  int own = one_in(2);
  for (u32 i = 0; i < calls; i++) {
    if (own && !one_in(4)) {
      put_own(to, arena);
      continue;
    }
    u64 arguments[6];
    u8 kinds[8] = {0};
    for (int j = 0; j < 6; j++) {
      kinds[j] = one_in(40) ? (u8) any() : (u8) below(3);
      u64 limit = kinds[j] == POINTER ? arena : kinds[j] == RESULT ? i : 1000;
      arguments[j] = one_in(6) ? edge(limit) : below(limit + 1);
    }
    put_call(to, (u32) below(500), one_in(30) ? (u32) any() : (u32) below(8), arguments, kinds);
  }
  for (u32 i = 0; i < pointers; i++) {
    put32(to, (u32) (one_in(30) ? edge(arena - 8) : below(arena - 7)));
    put32(to, (u32) (one_in(30) ? edge(arena) : below(arena + 1)));
  }
  for (u32 i = 0; i < ranges; i++) {
    u32 offset = arena == MOST_BYTES || one_in(4) ? 0 : (u32) below(arena + 1);
    put32(to, offset);
    put32(to, (u32) (one_in(ranges + 30) ? edge(arena - offset) : arena == MOST_BYTES ? arena - offset : below(ranges > 4 ? 8 : arena - offset + 1) % (arena - offset + 1)));
    put32(to, (u32) (one_in(ranges + 30) ? edge(calls) : below(calls + 1) - 1));
    put32(to, 0);
  }
  put_noise(to, data);
}

static void put_start(struct bytes *to) {
  u32 candidates = 1 + (u32) below(3), arguments = 1 + (u32) below(3), variables = (u32) below(3);
  struct bytes text = {0};
  for (u32 i = 0; i < 1 + candidates + arguments + variables; i++) {
    for (u64 n = one_in(300) ? 5000 : below(9); n; n--) put(&text, "/", 1);
    put(&text, "", 1);
  }
  put32(to, ASK_START);
  put32(to, (u32) below(4));
  put32(to, candidates);
  put32(to, arguments);
  put32(to, variables);
  put32(to, (u32) text.size);
  put(to, text.at, text.size);
  free(text.at);
}

/* Some words or bytes are others, or it is longer or shorter. */
static void spoil(struct bytes *body) {
  for (u64 n = 1 + below(3); n && body->size >= 4; n--) {
    u64 word = one_in(3) ? below(body->size / 4) : below(body->size / 4 < 6 ? body->size / 4 : 6);
    u32 value = (u32) edge(get32(body->at + 4 * word));
    switch (below(8)) {
    case 0: body->size = 4 + below(body->size - 3); break;
    case 1: put_noise(body, 1 + below(40)); break;
    case 2: body->at[below(body->size)] = (u8) any(); break;
    default: memcpy(body->at + 4 * word, &value, 4);
    }
  }
}

/* The call that ends the helper is left out, and another is made that there is not; it is seen with a real helper. */
static void spare_the_end(struct bytes *body) {
  u32 other = OWN_END + 1;
  for (u64 at = 24; at + 64 <= body->size; at += 64)
    if (get32(body->at + at) == OWN_END) memcpy(body->at + at, &other, 4);
}

static u32 summed(u32 id, const u8 *bytes, u64 n) {
  u32 sum = 2166136261u ^ id;
  for (; n; n--) sum = (sum ^ *bytes++) * 16777619u;
  return sum;
}

/* ---- what came in, and what a frame must come to ---- */

enum { NOTHING, REFUSAL, CALLS, START, KEPT };

struct frame {
  u64 at, end; /* of the body, in the input */
  u32 id;
  int what;
};

static struct bytes input, output;
static struct frame frames[MOST_FRAMES];
static int frame_count, frame, ends_with, looking, kept_for_the_end;
static u64 position;
/* Where the memory of the request was when it was answered; a large one is given back after that. */
static u64 arena_at;

static int what_calls(const u8 *body, u64 size) {
  if (size < 24) return REFUSAL;
  u64 calls = get32(body + 4), pointers = get32(body + 8), ranges = get32(body + 12), data = get32(body + 16), arena = get32(body + 20);
  if (calls > 4096 || ranges > 4096 || arena > 16 << 20 || data > arena) return REFUSAL;
  if (size != 24 + 64 * calls + 8 * pointers + 16 * ranges + data) return REFUSAL;
  const u8 *at = body + 24 + 64 * calls;
  u64 told = 8 + 8 * calls;
  for (u64 i = 0; i < pointers; i++, at += 8)
    if (get32(at) + 8ul > arena || get32(at + 4) > arena) return REFUSAL;
  for (u64 i = 0; i < ranges; i++, at += 16) {
    i64 by = (int) get32(at + 8);
    if ((u64) get32(at) + get32(at + 4) > arena || by < -1 || by >= (i64) calls) return REFUSAL;
    told += 4 + get32(at + 4);
  }
  return told > 32 << 20 ? REFUSAL : CALLS;
}

static int what_start(const u8 *body, u64 size) {
  if (size < 24 || get32(body + 20) != size - 24) return REFUSAL;
  u64 wanted = 1ul + get32(body + 8) + get32(body + 12) + get32(body + 16), ends = 0;
  for (u64 i = 24; i < size; i++) ends += !body[i];
  if (!get32(body + 8) || !get32(body + 12) || wanted > 16385) return REFUSAL;
  return ends == wanted && !body[size - 1] ? START : REFUSAL;
}

static int what(const u8 *body, u64 size, u32 id, u32 check) {
  if (summed(id, body, size) != check) return REFUSAL;
  switch (get32(body)) {
  case ASK_CALLS: return what_calls(body, size);
  case ASK_START: return what_start(body, size);
  case ASK_AT_END: return what_calls(body, size) == CALLS ? KEPT : REFUSAL;
  default: return REFUSAL;
  }
}

/* A frame more at the end of the input; whether another may follow. */
static int put_frame(void) {
  struct bytes body = {0};
  u32 magic = MAGIC, id = (u32) any();
  switch (below(10)) {
  case 0: put_noise(&body, 4 + below(200)); break;
  case 1:
    put32(&body, (u32) below(5));
    put_noise(&body, below(300));
    break;
  case 2: put_start(&body); break;
  case 3: case 4: put_ring(&body); break;
  default: put_calls(&body);
  }
  u32 for_the_end = ASK_AT_END;
  if (get32(body.at) == ASK_CALLS && one_in(20)) memcpy(body.at, &for_the_end, 4);
  if (one_in(3)) spoil(&body);
  spare_the_end(&body);
  u32 check = summed(id, body.at, body.size), length = (u32) body.size;
  if (one_in(20)) check ^= 1u << below(32);
  int more = 1, whole = 1;
  if (one_in(60)) {
    more = 0;
    switch (below(4)) {
    case 0: magic ^= 1u << below(32); break;
    case 1: length = (u32) below(4); break;
    case 2: length = (32u << 20) + 1 + (u32) (any() >> 40); break;
    default: magic = (u32) any(), length = (u32) any();
    }
    ends_with = magic != MAGIC || length < 4 || length > 32u << 20 ? 2 : 0;
    whole = 0;
  }
  put32(&input, magic);
  put32(&input, length);
  put32(&input, id);
  put32(&input, check);
  u64 at = input.size;
  put(&input, body.at, body.size);
  if (whole && one_in(60)) {
    input.size = at - 16 + below(body.size + 16);
    more = whole = 0;
    cut_off++;
  }
  if (whole) frames[frame_count++] = (struct frame){at, at + body.size, id, what(body.at, body.size, id, check)};
  free(body.at);
  return more;
}

/* ---- what the helper did ---- */

struct asked {
  u64 number;
  u64 arguments[6];
};

static struct asked asked[MOST_LOG];
static u64 asked_count, result_seed;
static int programs, killed, mapped_shared, no_memory, no_program, started_input, slept, in_program;
static jmp_buf ended, thread_ended, forked;
static struct child *started;
static u8 open_files[MOST_OPEN];
static struct {
  u8 *at;
  u64 size;
  int real;
} blocks[MOST_BLOCKS];

/* What the call of this place among those of a frame gives. */
static i64 result_of(u64 place) {
  u64 r = mixed(result_seed + place);
  switch (r % 8) {
  case 0: return -EINTR;
  case 1: return -(i64) (1 + (r >> 8) % 133);
  case 2: return 0;
  case 3: return (i64) (r >> 2);
  case 4: return (i64) ((r >> 8) % 8);
  default: return (i64) ((r >> 8) % 600);
  }
}

static int new_file(void) {
  for (int i = 3; i < MOST_OPEN; i++)
    if (!open_files[i]) {
      open_files[i] = 1;
      return i;
    }
  FAIL("files are left open");
}

static void *new_block(u64 size, int real) {
  for (int i = 0; i < MOST_BLOCKS; i++)
    if (!blocks[i].at) {
      blocks[i].at = real ? mmap(0, size, real - 1, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : aligned_alloc(8, (size + 7) & ~7ul);
      blocks[i].size = size;
      blocks[i].real = real;
      return blocks[i].at;
    }
  FAIL("memory is left");
}

static void free_block(u8 *at, u64 size) {
  for (int i = 0; i < MOST_BLOCKS; i++)
    if (blocks[i].at == at && blocks[i].size == size && at) {
      if (blocks[i].real) {
        munmap(at, size);
      } else {
        __asan_unpoison_memory_region(at, size);
        free(at);
      }
      blocks[i].at = 0;
      return;
    }
  FAIL("munmap of what is not mapped");
}

static i64 fake_mmap(u64 at, u64 size, u64 protection, u64 flags) {
  if (flags == MAP_SHARED) {
    mapped_shared++;
    if (!size || size > 1 << 22) return -EINVAL;
    /* where it cannot be read or written, the machine says so, else the sanitizer */
    if (protection != 3) return (i64) new_block(size, 1 + (int) (protection & 3));
    u8 *ring = new_block(size, 0);
    for (u64 i = 0; i + 8 <= size; i += 8) {
      u64 word = i < 2048 && !one_in(30) ? 8 * below(2000) : one_in(20) ? any() : one_in(20) ? any() & 0x3ff8 : (any() & 0x3f8) | (u64) one_in(30) << 31;
      memcpy(ring + i, &word, 8);
    }
    return (i64) ring;
  }
  if (one_in(400)) {
    no_memory = 1;
    return -12;
  }
  if (flags & MAP_FIXED) {
    __asan_unpoison_memory_region((u8 *) at, size);
    memset((u8 *) at, 0, size);
    return (i64) at;
  }
  u8 *block = new_block(size, 0);
  if (protection)
    memset(block, 0, size);
  else
    __asan_poison_memory_region(block, size);
  return (i64) block;
}

static i64 at_most(u64 n) { return (i64) (one_in(4) ? 1 + below(n) : n); }

static void look_at_frame(void);

static i64 fake_read(int file, u8 *to, u64 size) {
  if (file) {
    if (!open_files[file]) FAIL("a read of a file that is not open");
    if (one_in(10)) return -EINTR;
    if (file == started->report) {
      if (!in_program) return 0;
      int error = in_program;
      memcpy(to, &error, sizeof error);
      return sizeof error;
    }
    if (one_in(10)) return -EAGAIN;
    if (one_in(2)) return 0;
    u64 n = 1 + below(size);
    memset(to, 'x', n);
    return (i64) n;
  }
  if (looking) look_at_frame();
  if (one_in(200)) return one_in(2) ? -EINTR : -EAGAIN;
  u64 left = input.size - position;
  if (!left) return 0;
  i64 n = at_most(size < left ? size : left);
  memcpy(to, input.at + position, (u64) n);
  position += (u64) n;
  if (frame < frame_count && position == frames[frame].end) looking = 1;
  return n;
}

static i64 fake_writev(int file, const struct part *parts, u64 count) {
  if (file != 1 || !count) FAIL("%lu parts that are written to %d", count, file);
  if (one_in(200)) return one_in(2) ? -EINTR : -EAGAIN;
  u64 all = 0, n = 0;
  arena_at = (u64) workers[0].arena.bytes;
  for (u64 i = 0; i < count; i++) all += parts[i].length;
  if (!all) FAIL("nothing is written");
  all = (u64) at_most(all);
  for (u64 i = 0; i < count && n < all; i++) {
    u64 some = parts[i].length < all - n ? parts[i].length : all - n;
    put(&output, parts[i].bytes, some);
    n += some;
  }
  return (i64) n;
}

static i64 fake_write(int file, const u8 *from, u64 size) {
  if (file == 2) return (i64) strnlen((const char *) from, size);
  if (file != started->report_end || size != 4) FAIL("a write to %d", file);
  in_program = (int) get32(from);
  return 4;
}

/* The one who starts a program waits for what it came to; here the program runs first. */
static i64 fake_clone(void) {
  programs++;
  if (one_in(20)) {
    no_program = 1;
    return -EAGAIN;
  }
  in_program = 0;
  if (!setjmp(forked)) begin(started);
  if (in_program) no_program = 1;
  return PID;
}

static i64 fake_execve(const char *path, char **arguments, char **variables) {
  const u8 *body = input.at + frames[frame].at;
  const char *text = (const char *) body + 24;
  int found = 0;
  text += strlen(text) + 1;
  for (u32 i = 0; i < get32(body + 8); i++, text += strlen(text) + 1) found |= !strcmp(text, path);
  if (!found) FAIL("a program was started that was not asked for");
  u32 n = 0;
  for (char **argument = arguments; *argument; argument++, n++, text += strlen(text) + 1)
    if (strcmp(text, *argument)) FAIL("another argument");
  if (n != get32(body + 12)) FAIL("%u arguments", n);
  n = 0;
  for (char **variable = variables; *variable; variable++, n++, text += strlen(text) + 1)
    if (strcmp(text, *variable)) FAIL("another variable");
  if (n != get32(body + 16)) FAIL("%u variables", n);
  static const int errors[] = {ENOENT, ENOTDIR, EACCES, 8};
  if (!one_in(3)) return -errors[below(4)];
  longjmp(forked, 1);
}

static i64 fake_ppoll(struct polled *polled, u64 count) {
  for (u64 i = 0; i < count; i++) polled[i].found = polled[i].descriptor >= 0 && one_in(2) ? 1 : 0;
  return 1;
}

static i64 call(u64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  if (number < NR_read || number > NR_close_range) {
    if (asked_count == MOST_LOG) FAIL("calls without an end");
    asked[asked_count] = (struct asked){number, {a, b, c, d, e, f}};
    return result_of(asked_count++);
  }
  switch (number) {
  case NR_read: return fake_read((int) a, (u8 *) b, c);
  case NR_writev: return fake_writev((int) a, (const struct part *) b, c);
  case NR_write: return fake_write((int) a, (const u8 *) b, c);
  case NR_close:
    if (a >= MOST_OPEN || !open_files[a]) FAIL("close of %lu, which is not open", a);
    open_files[a] = 0;
    return 0;
  case NR_mmap: return fake_mmap(a, b, c, d);
  case NR_munmap: free_block((u8 *) a, b); return 0;
  case NR_futex:
    if (b == 128 && *(int *) a == (int) c) FAIL("a lock that nobody opens");
    return 0;
  case NR_pipe2:
    programs++;
    if (one_in(100)) {
      no_program = 1;
      return -EMFILE;
    }
    ((int *) a)[0] = new_file();
    ((int *) a)[1] = new_file();
    return 0;
  case NR_clone: return fake_clone();
  case NR_execve: programs++; return fake_execve((const char *) a, (char **) b, (char **) c);
  case NR_dup3: programs++; return one_in(50) ? -EBADF : (i64) b;
  case NR_chdir: programs++; return strlen((const char *) a) && one_in(20) ? -ENOENT : 0;
  case NR_wait4:
    if (a != PID) FAIL("a wait for %lu", a);
    if (c && one_in(2)) return 0;
    if (b) *(int *) b = (int) below(65536);
    return PID;
  case NR_waitid: return -10;
  case NR_kill: killed++; return 0;
  case NR_pidfd_open: return one_in(3) ? -ENOSYS : new_file();
  case NR_ppoll: return fake_ppoll((struct polled *) a, b);
  case NR_getpid: return SELF;
  case NR_getppid: return one_in(50) ? 1 : one_in(3) ? 0 : SELF;
  case NR_nanosleep:
    if (slept++ > 100) FAIL("it waits at its end");
    return 0;
  case NR_rt_sigaction: case NR_rt_sigprocmask: case NR_prctl: case NR_close_range: return 0;
  case NR_exit_group:
    if (started) longjmp(forked, 1);
    longjmp(ended, 1 + (int) a);
  default: FAIL("a call that is none: %lu", number);
  }
}

static i64 start_thread(void (*run)(void *), void *argument, u8 *end, u64 flags) {
  if (flags != CLONE_THREAD_ALL) FAIL("a thread of another kind");
  if (run != watch && one_in(30)) {
    no_program = 1;
    return -EAGAIN;
  }
  if (run != keep) {
    free_block(end - STACK, STACK);
    return 500;
  }
  started = argument;
  if (!setjmp(thread_ended)) run(argument);
  started = 0;
  return 501;
}

static void unmap_and_exit(void *stack, u64 size) {
  free_block(stack, size);
  longjmp(thread_ended, 1);
}

/* ---- whether it is what must be ---- */

static u64 told_until; /* in the output */

/* The answer of the frame, which is the one among what is told of children. */
static const u8 *answer_of(const struct frame *of, u64 *size) {
  const u8 *found = 0;
  while (told_until < output.size) {
    const u8 *at = output.at + told_until;
    if (output.size - told_until < 16 || get32(at) != MAGIC || output.size - told_until - 16 < get32(at + 4)) FAIL("half a frame was told");
    if (get32(at + 12) == TELL_ANSWER) {
      if (found || get32(at + 8) != of->id) FAIL("an answer to nobody");
      found = at + 16;
      *size = get32(at + 4);
    } else if (of->what != START) {
      FAIL("something of kind %u was told that nobody asked for", get32(at + 12));
    }
    told_until += 16 + get32(at + 4);
  }
  if (!found) FAIL("no answer");
  return found;
}

/* What one call comes to; it takes from the log what it must have done there. */
static i64 simulate(const u8 *at, u64 index, const i64 *results, u64 arena, u64 *next) {
  u64 arguments[6];
  u64 base = arena_at;
  for (int i = 0; i < 6; i++) {
    arguments[i] = get64(at + 8 + 8 * i);
    switch (at[56 + i]) {
    case 0: break;
    case 1:
      if (arguments[i] > arena) return -EFAULT;
      arguments[i] += base;
      break;
    case 2:
      if (arguments[i] >= index) return -EINVAL;
      if (results[arguments[i]] < 0) return -ECANCELED;
      arguments[i] = (u64) results[arguments[i]];
      break;
    default: return -EINVAL;
    }
  }
  u32 number = get32(at), flags = get32(at + 4);
  if (flags & REPEAT && (arguments[1] < base || arguments[1] > base + arena || arguments[2] > base + arena - arguments[1])) return -EFAULT;
  for (i64 done = 0;;) {
    if (*next >= asked_count) FAIL("a call was left out");
    const struct asked *did = &asked[*next];
    if (did->number != number || memcmp(did->arguments, arguments, sizeof arguments)) FAIL("another call than what was asked for");
    i64 n = result_of((*next)++);
    if (n == -EINTR) continue;
    if (!(flags & REPEAT)) return n;
    if (n < 0) return done ? done : n;
    done += n;
    if (!n || (u64) n >= arguments[2]) return done;
    arguments[1] += (u64) n;
    arguments[2] -= (u64) n;
    if (flags & WITH_OFFSET) arguments[3] += (u64) n;
  }
}

/* A call of the helper's own that worked has kept to the arena. */
static void look_at_own(const u8 *at, i64 result, u64 arena) {
  int pointer;
  u64 unit = 1;
  switch (get32(at)) {
  case OWN_PEEK: pointer = 2; break;
  case OWN_POKE: pointer = 1, unit = 16; break;
  case OWN_DRAIN: pointer = 4; break;
  case OWN_DRAIN_PERF: pointer = 3; break;
  default: return;
  }
  u64 offset = get64(at + 8 + 8 * pointer), length = get64(at + 16 + 8 * pointer);
  if (result < 0 || at[57 + pointer] == RESULT) return;
  if (at[56 + pointer] != POINTER || offset > arena || length > (arena - offset) / unit || (u64) result > length) FAIL("it went beyond the arena");
}

static void look_at_calls(const u8 *body, const u8 *answer, u64 size) {
  u64 calls = get32(body + 4), pointers = get32(body + 8), ranges = get32(body + 12), arena = get32(body + 20);
  const u8 *range = body + 24 + 64 * calls + 8 * pointers, *data = range + 16 * ranges;
  if (size < 8 + 8 * calls || get32(answer + 4) != calls) FAIL("%u results", get32(answer + 4));
  i64 *results = malloc(8 * calls + 8);
  u64 next = 0, own = 0, maps_asked = 0;
  int stopped = 0;
  for (u64 i = 0; i < calls; i++) {
    const u8 *at = body + 24 + 64 * i;
    u32 number = get32(at), flags = get32(at + 4);
    results[i] = (i64) get64(answer + 8 + 8 * i);
    i64 wanted;
    if (stopped && flags & STOP_IF_FAILED)
      wanted = -ECANCELED;
    else if (number >= OWN)
      wanted = results[i], own++, maps_asked += number == OWN_MAP, look_at_own(at, wanted, arena);
    else
      wanted = simulate(at, i, results, arena, &next);
    if (results[i] != wanted) FAIL("result %ld of call %lu, not %ld", results[i], i, wanted);
    stopped |= wanted < 0 && flags & STOP_IF_FAILED;
  }
  if (next != asked_count) FAIL("%lu calls more than what was asked for", asked_count - next);
  if ((u64) mapped_shared > maps_asked) FAIL("a map that nobody asked for");
  u64 n = 8 + 8 * calls;
  for (u64 i = 0; i < ranges; i++, range += 16) {
    u64 offset = get32(range), length = get32(range + 4);
    int by = (int) get32(range + 8);
    i64 most = by < 0 ? (i64) length : results[by] < 0 ? 0 : results[by];
    if (most < (i64) length) length = (u64) most;
    if (size < n + 4 + length || get32(answer + n) != length) FAIL("a range of another length");
    for (u64 j = 0; !pointers && !own && j < length; j++)
      if (answer[n + 4 + j] != (offset + j < get32(body + 16) ? data[offset + j] : 0)) FAIL("another byte");
    n += 4 + length;
  }
  if (n != size) FAIL("%lu bytes of an answer, not %lu", size, n);
  free(results);
}

static void look_at_frame(void) {
  const struct frame *of = &frames[frame];
  u64 size = 0;
  const u8 *answer = answer_of(of, &size), *body = input.at + of->at;
  int was_refused = size == 4 && get32(answer) == EINVAL;
  if (was_refused) {
    if (of->what != REFUSAL && !no_memory) FAIL("a frame in order was refused");
    if (asked_count || programs || killed || mapped_shared) FAIL("something was done for a frame that was refused");
    refused++;
  } else if (of->what == REFUSAL) {
    FAIL("a frame in no order was not refused");
  } else if (get32(answer)) {
    FAIL("status %u", get32(answer));
  } else if (of->what == CALLS) {
    if (programs) FAIL("a program that nobody asked for");
    look_at_calls(body, answer, size);
    accepted++;
  } else if (of->what == KEPT) {
    if (asked_count || programs || mapped_shared || size != 8 || get32(answer + 4)) FAIL("more than kept for the end");
    kept_for_the_end = 1;
    accepted++;
  } else {
    if (asked_count || mapped_shared || size != 16) FAIL("%lu calls, an answer of %lu bytes, where a program was asked for", asked_count, size);
    i64 pid = (i64) get64(answer + 8);
    if (pid != PID && !(pid < 0 && (no_program || no_memory))) FAIL("a program of number %ld", pid);
    if (pid == PID) {
      started_input = (int) get32(answer + 4);
      if (started_input >= MOST_OPEN || !open_files[started_input]) FAIL("no input");
      open_files[started_input] = 0;
      starts++;
    }
  }
  if (killed) FAIL("a signal to nobody");
  for (int i = 0; i < MOST_OPEN; i++)
    if (open_files[i]) FAIL("file %d is left open", i);
  for (int i = 0; i < MOST_CHILDREN; i++)
    if (children[i].used) FAIL("a child is left");
  asked_count = 0;
  programs = killed = mapped_shared = no_memory = no_program = looking = 0;
  result_seed = any();
  frame++;
  frames_done++;
}

static void session(void) {
  input.size = output.size = position = told_until = 0;
  frame_count = frame = ends_with = looking = 0;
  int wanted = 1 + (int) below(MOST_FRAMES);
  while (frame_count < wanted && put_frame()) {
  }
  threads = 1;
  reading = writing = mapping = children_lock = keeping = kept_for_the_end = 0;
  last_length = 0;
  asked_count = 0;
  programs = killed = mapped_shared = no_memory = no_program = slept = 0;
  result_seed = any();
  int status = setjmp(ended) - 1;
  if (status < 0) main_of_helper(0);
  int out_of_memory = status == 3 && no_memory;
  if (looking && !out_of_memory) look_at_frame();
  if (!out_of_memory && (frame != frame_count || status != ends_with)) FAIL("it ended with %d after %d frames of %d", status, frame, frame_count);
  if (!kept_for_the_end && (asked_count || programs || killed || mapped_shared)) FAIL("something was done for no frame");
  asked_count = mapped_shared = 0;
  for (int i = 0; i < MOST_MAPS; i++) {
    if (maps[i].bytes) free_block(maps[i].bytes, maps[i].length);
    maps[i] = (struct map){0, 0, 0};
  }
  struct block *kept[] = {&workers[0].request, &workers[0].arena, &workers[0].answer, &last.request, &last.arena, &last.answer};
  u64 left = 0, known = 0;
  for (int i = 0; i < MOST_BLOCKS; i++) left += blocks[i].at != 0;
  for (int i = 0; i < 6; i++) known += kept[i]->bytes != 0;
  if (left != known && !out_of_memory) FAIL("%lu blocks of memory are left", left - known);
  /* a large arena costs time for each frame that follows */
  for (int i = 0; i < 6; i++) *kept[i] = (struct block){0, 0};
  for (int i = 0; i < MOST_BLOCKS; i++)
    if (blocks[i].at) free_block(blocks[i].at, blocks[i].size);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  frames_wanted = strtoul(arguments[1], 0, 10);
  state = seed = strtoul(arguments[2], 0, 10);
  while (frames_done < frames_wanted) session();
  printf("%lu frames of seed %lu: %lu in order, %lu refused, %lu programs started, %lu cut off\n", frames_done, seed, accepted,
         refused, starts, cut_off);
  return 0;
}
