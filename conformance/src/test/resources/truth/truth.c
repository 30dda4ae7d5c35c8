/*
 * A program made for judging engines: it does what it is told, and says what it has done.
 *
 *   truth                      serves requests on TCP port 7000, one line each, with a line for an answer
 *   truth REQUEST...           carries out one request, and prints the answer
 *
 * An answer is OK, then NAME=VALUE for whatever was counted for this request, and what else it has to tell; or
 * ERROR and why. It comes after everything that was asked for has happened.
 * Texts are sent as hexadecimal bytes ('-' for none), so that they may hold anything but a zero.
 *
 *   ping
 *   call NAME N                        N times in a loop: a function or mark of the table "loops"
 *   spread NAME THREADS FORKS N        N times in each of so many threads and children at once, on all CPUs
 *   children NAME COUNT N              N times in each of so many children, one after the other; each then ends
 *   take TYPE VALUE                    calls take_TYPE(VALUE); TYPE is s8 to u64
 *   give TYPE VALUE                    calls give_TYPE, which returns VALUE
 *   six A B C D E F                    calls take_six with six longs
 *   take string PLACE TEXT             calls take_string; PLACE is static, heap, stack, cold, evicted or binary
 *   give string PLACE TEXT             calls give_string, which returns the text
 *   gamma SITE N TEXT                  passes the mark at site 1 or 2
 *   delta N M TEXT
 *   integers SITE V1 ... V8            passes the mark at site 1, 2 or 3 with a value of each type; 4 is site 2 with the
 *                                      values in a page that was not touched since it was mapped
 *   constants
 *   indexed I                          passes the mark with the element I of a table
 *   words PLACE TEXT
 *   twin                               passes the marks truth:twin and other:twin
 *   background start NAME PAUSE        calls on and on, PAUSE microseconds between, until "background stop"
 *   background read                    how often until now
 *   later NAME MILLISECONDS            calls once, so long after the answer
 *   storm SEED SIZE                    a random workload, on all CPUs, which logs what it does; tells "logged"
 *   log FIRST                          some of what the last storm logged, each as NAME.NUMBER=VALUE
 *   counts                             everything since the process began
 *   pid
 */
#define _GNU_SOURCE
#include "truth.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sdt.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 7000, LINE = 4096, ARGUMENTS = 16, WORKERS = 64 };

/* ---- Counting ---- */

const char *const counted_names[] = {
#define X(NAME) #NAME,
    COUNTED(X)
#undef X
};

static struct tally *totals;
__thread struct tally *tally;

static struct tally *new_tally(void) {
    void *memory = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return memory;
}

void count(enum counted what) {
    atomic_fetch_add_explicit(&totals->counts[what], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&tally->counts[what], 1, memory_order_relaxed);
}

/* ---- Functions ---- */

static volatile long sink;

STAYS QUICK void alpha(long n) {
    COUNT(alpha);
    sink = n;
}

/* Returns minus twice its argument. */
STAYS QUICK int beta(int n) {
    COUNT(beta);
    return -2 * n;
}

/* No request leads here, yet the compiler cannot know. */
STAYS void never(long n) {
    COUNT(never);
    sink = n;
}

/* Calls itself: DEPTH + 1 entries and as many returns, which return 0 to DEPTH. */
long deep(long depth);
static long (*volatile deeper)(long) = deep; /* called directly, it would become a loop */

STAYS long deep(long depth) {
    COUNT(deep);
    if (depth == 0) return 0;
    return deeper(depth - 1) + 1;
}

/* Survives as folded.constprop.0 alone: all callers pass the same mode. */
__attribute__((noinline)) static long folded(long n, int mode) {
    COUNT(folded);
    for (int i = 0; i < mode; i++) sink += n * i;
    return sink;
}

/* Survives as shrunk.isra.0 alone: the caller passes what is used of the structure, not its address. */
struct wide {
    long unused[4];
    long used;
};

__attribute__((noinline)) static long shrunk(const struct wide *wide) {
    long used = wide->used;
    COUNT(shrunk);
    return used + 1;
}

/* Survives as halved.part.0 alone: the test is inlined, the rest is not. */
static void halved(long n) {
    if (__builtin_expect(n >= 0, 0)) {
        COUNT(halved);
        char text[128];
        snprintf(text, sizeof text, "%ld %ld %ld %ld", n, n + 1, n + 2, n + 3);
        for (const char *p = text; *p; p++) sink += *p;
        snprintf(text, sizeof text, "%lx %lx %lx %lx", n, n + 1, n + 2, n + 3);
        for (const char *p = text; *p; p++) sink += *p;
    }
}

/* Has no symbol in any build. */
__attribute__((always_inline)) static inline void inlined(long n) {
    COUNT(inlined);
    sink = n + 1;
}

/* What lies above a narrow value in its register is not part of it: here it is never zero, nor the sign. */
static uint64_t dirty(uint64_t value, size_t size) {
    if (size == 8) return value;
    uint64_t mask = (UINT64_C(1) << (8 * size)) - 1;
    return (value & mask) | (UINT64_C(0xa5a5a5a5a5a5a5a5) & ~mask);
}

#define X(TYPE, C) \
    static volatile C taken_##TYPE; \
    STAYS void take_##TYPE(C value) { \
        COUNT(take_##TYPE); \
        taken_##TYPE = value; \
    } \
    /* what it returns is a C in the low bits */ \
    STAYS uint64_t give_##TYPE(uint64_t value) { \
        COUNT(give_##TYPE); \
        return dirty(value, sizeof(C)); \
    }
INTEGERS(X)
#undef X

STAYS void take_six(long a, long b, long c, long d, long e, long f) {
    COUNT(take_six);
    sink = a + b + c + d + e + f;
}

/* Does not look at the text. */
STAYS void take_string(const char *text) {
    COUNT(take_string);
    sink = text != NULL;
}

STAYS const char *give_string(const char *text) {
    COUNT(give_string);
    sink = text != NULL;
    return text;
}

/* As take_string, and in a loop, which always tells it the same 32 characters. */
STAYS QUICK void told(const char *text) {
    COUNT(told);
    sink = text != NULL;
}

/* ---- Marks ---- */

struct values {
#define X(TYPE, C) C TYPE;
    INTEGERS(X)
#undef X
};

struct values everywhere; /* not static: its name must survive in .dynsym */
static volatile int32_t table[] = {-10, 11, -12, 13, INT32_MIN, INT32_MAX};

/* From here on, the place of a mark's operands is chosen by hand: registers ... */
#undef STAP_SDT_ARG_CONSTRAINT
#define STAP_SDT_ARG_CONSTRAINT r

STAYS void pass_gamma_here(int n, const char *text) {
    COUNT(gamma);
    STAP_PROBE2(truth, gamma, n, text);
}

STAYS void pass_delta(short n, unsigned char m, const char *text) {
    COUNT(delta);
    STAP_PROBE3(truth, delta, n, m, text);
}

STAYS void pass_integers_in_registers(const struct values *v) {
    COUNT(integers);
#define X(TYPE, C) \
    uint64_t TYPE = dirty((uint64_t)v->TYPE, sizeof(C)); \
    __asm__ volatile("" : "+r"(TYPE));
    INTEGERS(X)
#undef X
    STAP_PROBE8(truth, integers, (int8_t)s8, (uint8_t)u8, (int16_t)s16, (uint16_t)u16, (int32_t)s32, (uint32_t)u32,
                (int64_t)s64, (uint64_t)u64);
}

STAYS void pass_words(const char *text) {
    COUNT(words);
    STAP_PROBE1(truth, words, text);
}

STAYS void pass_bare(void) {
    COUNT(bare);
    STAP_PROBE(truth, bare);
}

STAYS void pass_twins(int n) {
    COUNT(twin);
    STAP_PROBE1(truth, twin, n);
    STAP_PROBE1(other, twin, n);
}

/* ... memory ... */
#undef STAP_SDT_ARG_CONSTRAINT
#define STAP_SDT_ARG_CONSTRAINT m

STAYS void pass_gamma_there(int n, const char *text) {
    COUNT(gamma);
    struct {
        long before;
        int n;
        const char *text;
    } volatile stack = {0, n, text};
    STAP_PROBE2(truth, gamma, stack.n, stack.text);
}

STAYS void pass_integers_through_pointer(const struct values *v) {
    COUNT(integers);
    STAP_PROBE8(truth, integers, v->s8, v->u8, v->s16, v->u16, v->s32, v->u32, v->s64, v->u64);
}

STAYS void pass_integers_in_variable(const struct values *v) {
    COUNT(integers);
    everywhere = *v;
    STAP_PROBE8(truth, integers, everywhere.s8, everywhere.u8, everywhere.s16, everywhere.u16, everywhere.s32,
                everywhere.u32, everywhere.s64, everywhere.u64);
}

STAYS void pass_indexed(long i) {
    COUNT(indexed);
    STAP_PROBE1(truth, indexed, table[i]);
}

/* ... and constants. */
#undef STAP_SDT_ARG_CONSTRAINT
#define STAP_SDT_ARG_CONSTRAINT n

STAYS void pass_constants(void) {
    COUNT(constants);
    STAP_PROBE4(truth, constants, -1, 4294967295u, (short)-300, INT64_C(0x0123456789abcdef));
}

/* ---- Loops ---- */

static void loop_alpha(long n) {
    for (long i = 0; i < n; i++) alpha(i);
}

static void loop_beta(long n) {
    for (long i = 0; i < n; i++) sink = beta((int)i);
}

/* From both sites in turn. */
static void loop_gamma(long n) {
    for (long i = 0; i < n; i++) (i % 2 ? pass_gamma_there : pass_gamma_here)((int)i, "gamma");
}

static void loop_bare(long n) {
    for (long i = 0; i < n; i++) pass_bare();
}

/* N is the depth. */
static void loop_deep(long n) { sink = deep(n); }

static void loop_folded(long n) {
    for (long i = 0; i < n; i++) sink = folded(i, 3);
}

static void loop_shrunk(long n) {
    for (long i = 0; i < n; i++) {
        struct wide wide = {{0}, i};
        sink = shrunk(&wide);
    }
}

static void loop_halved(long n) {
    for (long i = 0; i < n; i++) {
        halved(i);
        halved(-i - 1); /* goes no further than the test */
    }
}

static void loop_inlined(long n) {
    for (long i = 0; i < n; i++) inlined(i);
}

static void loop_guarded(long n) {
    for (long i = 0; i < n; i++) pass_guarded((int)i);
}

/* Some of everything, for those whose firings must not count. */
static void loop_mixed(long n) {
    for (long i = 0; i < n; i++) {
        alpha(i);
        sink = beta((int)i);
        pass_gamma_here((int)i, "mixed");
        pass_gamma_there((int)i, "mixed");
        pass_delta((short)i, 1, "mixed");
        pass_words("mixed");
        pass_bare();
        pass_guarded((int)i);
        sink = deep(1);
    }
}

static void loop_watched(long n) {
    for (long i = 0; i < n; i++) pass_watched((int)i);
}

static void loop_told(long n) {
    for (long i = 0; i < n; i++) told("32 characters, neither more nor ");
}

typedef void loop(long n);

static const struct {
    const char *name;
    loop *run;
} loops[] = {
    {"alpha", loop_alpha},     {"beta", loop_beta},     {"gamma", loop_gamma},     {"bare", loop_bare},
    {"deep", loop_deep},       {"folded", loop_folded}, {"shrunk", loop_shrunk},   {"halved", loop_halved},
    {"inlined", loop_inlined}, {"never", never},        {"guarded", loop_guarded}, {"watched", loop_watched},
    {"mixed", loop_mixed},     {"told", loop_told},
};

/* ---- Answers ---- */

struct answer {
    char text[2 * LINE];
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void tell(struct answer *answer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof answer->text - answer->length;
    int length = vsnprintf(answer->text + answer->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room) {
        fprintf(stderr, "truth: an answer is too long\n");
        abort();
    }
    answer->length += length;
}

static void tell_counts(struct answer *answer, struct tally *of) {
    for (int i = 0; i < COUNTED_NAMES; i++) {
        long n = atomic_load(&of->counts[i]);
        if (n > 0) tell(answer, " %s=%ld", counted_names[i], n);
    }
}

/* Every request that cannot be carried out ends here: nothing is done by half. */
struct request {
    int count;
    char *words[ARGUMENTS];
    struct answer *answer;
    const char *problem;
};

static const char *word(struct request *request, int i) {
    if (i < request->count) return request->words[i];
    request->problem = "too few arguments";
    return "";
}

static int is(struct request *request, int i, const char *text) {
    return i < request->count && strcmp(request->words[i], text) == 0;
}

/* Signed, or unsigned beyond that: the bits are the same. */
static int64_t number(struct request *request, int i) {
    const char *text = word(request, i);
    char *end;
    int64_t value = text[0] == '-' ? strtoll(text, &end, 10) : (int64_t)strtoull(text, &end, 10);
    if (end == text || *end) request->problem = "not a number";
    return value;
}

static loop *loop_of(struct request *request, int i) {
    for (size_t k = 0; k < sizeof loops / sizeof *loops; k++) {
        if (is(request, i, loops[k].name)) return loops[k].run;
    }
    request->problem = "no such loop";
    return NULL;
}

static size_t text_of(struct request *request, int i, char *text, size_t size) {
    const char *hex = word(request, i);
    size_t length = 0;
    if (strcmp(hex, "-") != 0) {
        for (unsigned byte; length < size - 1 && sscanf(hex, "%2x", &byte) == 1; hex += 2) text[length++] = (char)byte;
        if (*hex) request->problem = "not hexadecimal, or too long";
    }
    text[length] = '\0';
    return length;
}

/* ---- Strings in various places ---- */

static char static_text[LINE];

struct place {
    char stack[LINE];
    char *text;
    void *heap;
    void *mapped;
};

/* Not touched since it was mapped: whoever reads it causes a page fault, and must wait for the disk if it is EVICTED. */
static void put_cold(struct request *request, struct place *place, const char *text, size_t length, int evicted) {
    char name[] = "/tmp/truth-XXXXXX";
    int file = mkstemp(name);
    if (file < 0 || write(file, text, length + 1) != (ssize_t)length + 1) {
        perror(name);
        exit(1);
    }
    unlink(name);
    if (evicted && (fsync(file) != 0 || posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) != 0)) {
        request->problem = "the kernel keeps the page in memory";
    }
    place->mapped = mmap(NULL, LINE, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    place->text = place->mapped;
}

/* Far from anything else in the program's own file, as the texts of a large program are. */
static const char far_off[1 << 20] __attribute__((aligned(1 << 16))) = {[1 << 19] = 'b', 'i', 'n', 'a', 'r', 'y'};
static const char *volatile far_text = far_off + (1 << 19); /* the compiler cannot know */

static void put_in_binary(struct request *request, struct place *place, const char *text) {
    place->text = (char *)far_text;
    if (strcmp(place->text, text) != 0) request->problem = "the binary has another text";
    if (madvise(place->text, LINE, MADV_DONTNEED) != 0) request->problem = "the kernel keeps the page mapped";
}

/* Whether reading there would do without a page fault, and without the disk. */
static void tell_whether_there(struct answer *answer, const char *text) {
    uint64_t entry = 0;
    unsigned char cached = 0;
    int pages = open("/proc/self/pagemap", O_RDONLY);
    if (pages < 0 || pread(pages, &entry, sizeof entry, (off_t)((uintptr_t)text / LINE * sizeof entry)) != sizeof entry
        || mincore((void *)((uintptr_t)text / LINE * LINE), 1, &cached) != 0) {
        perror("pagemap");
        exit(1);
    }
    close(pages);
    tell(answer, " mapped=%d cached=%d", (int)(entry >> 63), cached & 1);
}

static void put(struct request *request, struct place *place, int where, int what) {
    char text[LINE];
    size_t length = text_of(request, what, text, sizeof text);
    memset(place, 0, sizeof *place);
    if (is(request, where, "static")) {
        place->text = memcpy(static_text, text, length + 1);
    } else if (is(request, where, "heap")) {
        place->heap = place->text = memcpy(malloc(length + 1), text, length + 1);
    } else if (is(request, where, "stack")) {
        place->text = memcpy(place->stack, text, length + 1);
    } else if (is(request, where, "cold")) {
        put_cold(request, place, text, length, 0);
    } else if (is(request, where, "evicted")) {
        put_cold(request, place, text, length, 1);
    } else if (is(request, where, "binary")) {
        put_in_binary(request, place, text);
    } else {
        request->problem = "no such place";
    }
    if (!request->problem) tell_whether_there(request->answer, place->text);
}

static void release(struct place *place) {
    free(place->heap);
    if (place->mapped) munmap(place->mapped, LINE);
}

/* ---- Threads and children ---- */

void pin(int worker) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(worker % sysconf(_SC_NPROCESSORS_ONLN), &set);
    sched_setaffinity(0, sizeof set, &set); /* may be refused where a container is given some CPUs only */
}

struct worker {
    pthread_t thread;
    int number, of;
    loop *run;
    long n;
    struct tally *tally;
};

static void work(const struct worker *worker) {
    pin(worker->number);
    atomic_fetch_add(&worker->tally->arrived, 1);
    while (atomic_load(&worker->tally->arrived) < worker->of) sched_yield();
    worker->run(worker->n);
}

static void *work_in_thread(void *of) {
    struct worker *worker = of;
    tally = worker->tally;
    work(worker);
    return NULL;
}

pid_t fork_or_die(void) {
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(1);
    }
    return child;
}

static void spread(struct request *request) {
    loop *run = loop_of(request, 1);
    long threads = number(request, 2), forks = number(request, 3), n = number(request, 4);
    if (threads + forks > WORKERS) request->problem = "too many workers";
    if (request->problem) return;
    struct worker workers[WORKERS];
    pid_t children[WORKERS];
    atomic_store(&tally->arrived, 0);
    for (int i = 0; i < threads + forks; i++) {
        workers[i] = (struct worker){.number = i, .of = (int)(threads + forks), .run = run, .n = n, .tally = tally};
    }
    for (int i = 0; i < forks; i++) {
        children[i] = fork_or_die();
        if (children[i] == 0) {
            work(&workers[threads + i]);
            _exit(0);
        }
    }
    for (int i = 0; i < threads; i++) pthread_create(&workers[i].thread, NULL, work_in_thread, &workers[i]);
    for (int i = 0; i < threads; i++) pthread_join(workers[i].thread, NULL);
    for (int i = 0; i < forks; i++) waitpid(children[i], NULL, 0);
}

static int64_t microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

/* Tells how long the shortest-lived child lived. */
static void spawn_children(struct request *request) {
    loop *run = loop_of(request, 1);
    long children = number(request, 2), n = number(request, 3);
    int64_t shortest = INT64_MAX;
    for (long i = 0; i < children && !request->problem; i++) {
        int64_t start = microseconds();
        pid_t child = fork_or_die();
        if (child == 0) {
            run(n);
            _exit(0);
        }
        waitpid(child, NULL, 0);
        int64_t lived = microseconds() - start;
        if (lived < shortest) shortest = lived;
    }
    if (children > 0) tell(request->answer, " shortest_us=%ld", (long)shortest);
}

/* ---- In the background ---- */

static struct {
    pthread_t thread;
    atomic_int going_on;
    atomic_long fired;
    loop *run;
    long pause;
    struct tally *tally;
} background;

static void *fire(void *unused) {
    (void)unused;
    tally = background.tally;
    while (atomic_load(&background.going_on)) {
        background.run(1);
        atomic_fetch_add(&background.fired, 1);
        if (background.pause > 0) usleep((useconds_t)background.pause);
    }
    return NULL;
}

static void control_background(struct request *request) {
    if (is(request, 1, "start")) {
        background.run = loop_of(request, 2);
        background.pause = number(request, 3);
        if (atomic_load(&background.going_on)) request->problem = "already going on";
        if (request->problem) return;
        if (!background.tally) background.tally = new_tally();
        atomic_store(&background.fired, 0);
        atomic_store(&background.going_on, 1);
        pthread_create(&background.thread, NULL, fire, NULL);
    } else if (is(request, 1, "stop")) {
        if (!atomic_load(&background.going_on)) request->problem = "not going on";
        if (request->problem) return;
        atomic_store(&background.going_on, 0);
        pthread_join(background.thread, NULL);
    } else if (!is(request, 1, "read")) {
        request->problem = "start, stop or read";
    }
    tell(request->answer, " fired=%ld", atomic_load(&background.fired));
}

/* ---- Later ---- */

struct later {
    loop *run;
    long milliseconds;
    struct tally *tally;
};

static void *call_later(void *of) {
    struct later later = *(struct later *)of;
    free(of);
    tally = later.tally;
    usleep((useconds_t)later.milliseconds * 1000);
    later.run(1);
    munmap(tally, sizeof *tally);
    return NULL;
}

static void start_later(struct request *request) {
    struct later later = {loop_of(request, 1), number(request, 2), NULL};
    if (request->problem) return;
    later.tally = new_tally();
    pthread_t thread;
    pthread_create(&thread, NULL, call_later, memcpy(malloc(sizeof later), &later, sizeof later));
    pthread_detach(thread);
}

/* ---- Requests ---- */

typedef uint64_t call(uint64_t value);

static void take_or_give(struct request *request) {
    int taking = is(request, 0, "take");
    if (is(request, 1, "string")) {
        struct place place;
        put(request, &place, 2, 3);
        if (!request->problem) {
            if (taking) take_string(place.text);
            else sink = give_string(place.text) != NULL;
        }
        release(&place);
        return;
    }
    uint64_t value = (uint64_t)number(request, 2);
    if (request->problem) return;
#define X(TYPE, C) \
    if (is(request, 1, #TYPE)) { \
        call *volatile take = (call *)(void (*)(void))take_##TYPE; /* through a pointer: with dirty bits */ \
        C seen; \
        if (taking) { \
            take(dirty(value, sizeof(C))); \
            seen = taken_##TYPE; \
        } else { \
            seen = (C)give_##TYPE(value); \
        } \
        tell(request->answer, #TYPE[0] == 's' ? " value=%lld" : " value=%llu", (long long)seen); \
        return; \
    }
    INTEGERS(X)
#undef X
    request->problem = "no such type";
}

static void pass_integers_that_are_cold(struct request *request, const struct values *v) {
    struct place place = {0};
    put_cold(request, &place, (const char *)v, sizeof *v - 1, 0);
    pass_integers_through_pointer(place.mapped);
    release(&place);
}

static void integers(struct request *request) {
    long site = number(request, 1);
    int i = 2;
    struct values v;
#define X(TYPE, C) v.TYPE = (C)number(request, i++);
    INTEGERS(X)
#undef X
    if (request->problem) return;
    switch (site) {
        case 1: pass_integers_in_registers(&v); break;
        case 2: pass_integers_through_pointer(&v); break;
        case 3: pass_integers_in_variable(&v); break;
        case 4: pass_integers_that_are_cold(request, &v); break;
        default: request->problem = "no such site";
    }
}

enum { ENTRIES = 150 };

static void tell_log(struct request *request) {
    long first = number(request, 1);
    if (request->problem) return;
    for (long i = first; i < first + ENTRIES && logged(i); i++) {
        tell(request->answer, " %s.%ld=%lld", counted_names[logged(i)->what], i, (long long)logged(i)->value);
    }
}

static void carry_out(struct request *request) {
    struct answer *answer = request->answer;
    char text[LINE];
    if (is(request, 0, "ping")) {
        return;
    } else if (is(request, 0, "call")) {
        loop *run = loop_of(request, 1);
        long n = number(request, 2);
        if (!request->problem) run(n);
    } else if (is(request, 0, "spread")) {
        spread(request);
    } else if (is(request, 0, "children")) {
        spawn_children(request);
    } else if (is(request, 0, "take") || is(request, 0, "give")) {
        take_or_give(request);
    } else if (is(request, 0, "six")) {
        long v[6];
        for (int i = 0; i < 6; i++) v[i] = number(request, i + 1);
        if (!request->problem) take_six(v[0], v[1], v[2], v[3], v[4], v[5]);
    } else if (is(request, 0, "gamma")) {
        long site = number(request, 1), n = number(request, 2);
        text_of(request, 3, text, sizeof text);
        if (!request->problem) (site == 1 ? pass_gamma_here : pass_gamma_there)((int)n, text);
    } else if (is(request, 0, "delta")) {
        long n = number(request, 1), m = number(request, 2);
        text_of(request, 3, text, sizeof text);
        if (!request->problem) pass_delta((short)n, (unsigned char)m, text);
    } else if (is(request, 0, "integers")) {
        integers(request);
    } else if (is(request, 0, "constants")) {
        pass_constants();
    } else if (is(request, 0, "indexed")) {
        size_t i = (size_t)number(request, 1);
        if (i >= sizeof table / sizeof *table) request->problem = "no such element";
        if (request->problem) return;
        pass_indexed((long)i);
        tell(answer, " value=%d", table[i]);
    } else if (is(request, 0, "words")) {
        struct place place;
        put(request, &place, 1, 2);
        if (!request->problem) pass_words(place.text);
        release(&place);
    } else if (is(request, 0, "twin")) {
        pass_twins((int)number(request, 1));
    } else if (is(request, 0, "background")) {
        control_background(request);
    } else if (is(request, 0, "storm")) {
        uint64_t seed = (uint64_t)number(request, 1);
        long size = number(request, 2);
        if (request->problem) return;
        long entries = storm(seed, size);
        if (entries < 0) request->problem = "the log is full";
        tell(answer, " logged=%ld", entries);
    } else if (is(request, 0, "storm-child")) {
        storm_in_child((int)number(request, 1), (uint64_t)number(request, 2), number(request, 3));
    } else if (is(request, 0, "log")) {
        tell_log(request);
    } else if (is(request, 0, "later")) {
        start_later(request);
    } else if (is(request, 0, "counts")) {
        tell_counts(answer, totals);
    } else if (is(request, 0, "pid")) {
        tell(answer, " pid=%d", getpid());
    } else if (is(request, 0, "semaphores")) {
        tell(answer, " guarded_semaphore=%d watched_semaphore=%d", guarded_semaphore(), watched_semaphore());
    } else {
        request->problem = "no such request";
    }
}

static void handle(struct request *request) {
    memset(tally, 0, sizeof *tally);
    request->problem = NULL;
    request->answer->length = 0;
    tell(request->answer, "OK");
    carry_out(request);
    if (request->problem) {
        request->answer->length = 0;
        tell(request->answer, "ERROR %s", request->problem);
    } else {
        tell_counts(request->answer, tally);
    }
    tell(request->answer, "\n");
}

/* ---- Serving ---- */

static void *converse(void *connection) {
    FILE *client = connection;
    char line[LINE];
    struct answer answer;
    tally = new_tally();
    setsockopt(fileno(client), IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    while (fgets(line, sizeof line, client)) {
        struct request request = {.answer = &answer};
        for (char *rest = line, *word; request.count < ARGUMENTS && (word = strtok_r(rest, " \r\n", &rest));) {
            request.words[request.count++] = word;
        }
        handle(&request);
        if (write(fileno(client), answer.text, answer.length) < 0) break;
    }
    munmap(tally, sizeof *tally);
    fclose(client);
    return NULL;
}

static void stop(int signal) {
    (void)signal;
    _exit(0);
}

static int serve(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) < 0
        || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 64) < 0) {
        perror("truth");
        return 1;
    }
    for (;;) {
        int accepted = accept(listener, NULL, NULL);
        if (accepted < 0) continue;
        FILE *client = fdopen(accepted, "r");
        pthread_t thread;
        if (!client || pthread_create(&thread, NULL, converse, client) != 0) {
            perror("truth");
            return 1;
        }
        pthread_detach(thread);
    }
}

int main(int count, char **words) {
    totals = new_tally();
    tally = new_tally();
    if (count == 1) return serve();
    static struct answer answer;
    struct request request = {.answer = &answer};
    while (request.count < ARGUMENTS && request.count + 1 < count) {
        request.words[request.count] = words[request.count + 1];
        request.count++;
    }
    handle(&request);
    fputs(answer.text, stdout);
    return request.problem ? 1 : 0;
}
