/* What the files of this program share: who counts, and how a function stays one. */
#ifndef TRUTH_H
#define TRUTH_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

/* A function that stays one: neither inlined, nor cloned, nor specialised for its callers. */
#define STAYS __attribute__((noipa))

/* Begins with a one-byte nop, as many functions do that are made to be traced: a probe there costs little. */
#define QUICK __attribute__((patchable_function_entry(1)))

#define INTEGERS(X) \
    X(s8, int8_t) X(u8, uint8_t) X(s16, int16_t) X(u16, uint16_t) \
    X(s32, int32_t) X(u32, uint32_t) X(s64, int64_t) X(u64, uint64_t)

/* Everything that is counted: functions by their entries, marks by the times they were passed. */
#define COUNTED(X) \
    X(alpha) X(beta) X(never) X(deep) X(folded) X(shrunk) X(halved) X(inlined) \
    X(take_s8) X(take_u8) X(take_s16) X(take_u16) X(take_s32) X(take_u32) X(take_s64) X(take_u64) \
    X(give_s8) X(give_u8) X(give_s16) X(give_u16) X(give_s32) X(give_u32) X(give_s64) X(give_u64) \
    X(take_string) X(give_string) X(take_six) X(told) \
    X(gamma) X(delta) X(integers) X(constants) X(indexed) X(words) X(bare) X(twin) X(guarded) X(watched)

enum counted {
#define X(NAME) COUNTED_##NAME,
    COUNTED(X)
#undef X
    COUNTED_NAMES
};

/* Counts one firing, for the process and for the request that it belongs to. */
void count(enum counted what);

#define COUNT(NAME) count(COUNTED_##NAME)

/* Shared with children. A request has a tally of its own, so that others at the same time don't get into its answer. */
struct tally {
    atomic_long counts[COUNTED_NAMES];
    atomic_int arrived; /* workers that wait for each other */
};

extern __thread struct tally *tally; /* of this thread */
extern const char *const counted_names[];

void pin(int worker);
pid_t fork_or_die(void);

/* In truth.c: what can be called or passed. */
void alpha(long n);
int beta(int n);
long deep(long depth);
void pass_gamma_here(int n, const char *text);
void pass_gamma_there(int n, const char *text);
void pass_delta(short n, unsigned char m, const char *text);
void pass_words(const char *text);
void pass_bare(void);

/* In storm.c: a random workload that logs what it does. */
struct logged {
    enum counted what;
    int64_t value;
};

long storm(uint64_t seed, long size);
void storm_in_child(int log, uint64_t seed, long size);
const struct logged *logged(long number);

/* In guarded.c: marks whose notes name a semaphore. */
void pass_guarded(int n);
void pass_watched(int n);
int guarded_semaphore(void);
int watched_semaphore(void);

#endif
