/*
 * A random workload: threads on all CPUs, forks, execs, bursts. All its tasks share one log, in which each writes down
 * what it is about to do; a log that is full is an error.
 */
#define _GNU_SOURCE
#include "truth.h"
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1 << 17, TASKS = 6, DEPTH = 2 };

struct log {
    struct tally tally;
    atomic_long used;
    int favourite; /* of all tasks, so that they often meet at one point */
    struct logged entries[MOST];
};

static struct log *shared;
static int shared_file = -1;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void map_log(int file) {
    shared_file = file;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED) die("mmap");
}

static void write_down(enum counted what, int64_t value) {
    long number = atomic_fetch_add(&shared->used, 1);
    if (number < MOST) shared->entries[number] = (struct logged){what, value};
}

const struct logged *logged(long number) {
    return shared && number >= 0 && number < atomic_load(&shared->used) ? &shared->entries[number] : NULL;
}

/* splitmix64 */
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static long below(uint64_t *state, long limit) { return (long)(next(state) % (uint64_t)limit); }

/* Small ones, which come again, and others. */
static int64_t any_value(uint64_t *state) {
    switch (below(state, 4)) {
        case 0: return below(state, 3);
        case 1: return -below(state, 1000);
        default: return (int64_t)next(state);
    }
}

static void fire(int kind, uint64_t *state) {
    int64_t value = any_value(state);
    char text[48];
    snprintf(text, sizeof text, "storm %lld", (long long)(int)value);
    switch (kind) {
        case 0:
            write_down(COUNTED_alpha, value);
            alpha(value);
            return;
        case 1:
            write_down(COUNTED_beta, value % 1000000);
            beta((int)(value % 1000000));
            return;
        case 2:
            write_down(COUNTED_gamma, (int)value);
            (value % 2 ? pass_gamma_here : pass_gamma_there)((int)value, text);
            return;
        case 3:
            write_down(COUNTED_delta, (int)value);
            pass_delta((short)value, (unsigned char)value, text);
            return;
        case 4:
            write_down(COUNTED_words, (int)value);
            pass_words(text);
            return;
        case 5:
            write_down(COUNTED_bare, 0);
            pass_bare();
            return;
        case 6:
            write_down(COUNTED_guarded, (int)value);
            pass_guarded((int)value);
            return;
        default: {
            long depth = below(state, 3);
            for (long i = 0; i <= depth; i++) write_down(COUNTED_deep, i);
            deep(depth);
        }
    }
}

enum { KINDS = 8 };

struct task {
    pthread_t thread;
    uint64_t seed;
    long size;
    int depth;
    int cpu;
};

static void rage(const struct task *task);

static void *rage_in_thread(void *of) {
    const struct task *task = of;
    tally = &shared->tally;
    pin(task->cpu);
    rage(task);
    return NULL;
}

static void rage_in_new_program(const struct task *task) {
    char file[16], seed[32], size[32];
    snprintf(file, sizeof file, "%d", shared_file);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)task->seed);
    snprintf(size, sizeof size, "%ld", task->size);
    execl("/proc/self/exe", "truth", "storm-child", file, seed, size, NULL);
    die("execl");
}

static pid_t rage_in_child(const struct task *task, int exec) {
    pid_t child = fork_or_die();
    if (child == 0) {
        if (exec) rage_in_new_program(task);
        rage(task);
        _exit(0);
    }
    return child;
}

static void burst(long length, uint64_t *state) {
    int kind = below(state, 2) ? shared->favourite : (int)below(state, KINDS);
    for (long i = 0; i < length; i++) fire(kind, state);
}

static void rage(const struct task *task) {
    uint64_t state = task->seed;
    struct task threads[TASKS];
    pid_t children[TASKS];
    int started = 0, forked = 0;
    for (long i = 0; i < task->size; i++) {
        long what = below(&state, 100);
        struct task other = {.seed = next(&state), .size = task->size / 2, .depth = task->depth - 1};
        other.cpu = (int)below(&state, 64);
        if (what < 4 && task->depth > 0 && started < TASKS) {
            threads[started] = other;
            if (pthread_create(&threads[started].thread, NULL, rage_in_thread, &threads[started]) != 0) {
                die("pthread_create");
            }
            started++;
        } else if (what < 10 && task->depth > 0 && forked < TASKS) {
            children[forked++] = rage_in_child(&other, what < 6);
        } else if (what < 12) {
            burst(1 + below(&state, 2 * task->size), &state);
        } else if (what < 15) {
            pin(other.cpu);
        } else if (what < 18) {
            sched_yield();
        } else {
            fire((int)below(&state, KINDS), &state);
        }
    }
    for (int i = 0; i < started; i++) pthread_join(threads[i].thread, NULL);
    for (int i = 0; i < forked; i++) {
        int status;
        if (waitpid(children[i], &status, 0) < 0 || status != 0) die("a child of the storm");
    }
}

void storm_in_child(int log, uint64_t seed, long size) {
    map_log(log);
    tally = &shared->tally;
    rage(&(struct task){.seed = seed, .size = size, .depth = 0});
    _exit(0);
}

/* How much was logged, or -1 if that was too much. One storm at a time. */
long storm(uint64_t seed, long size) {
    if (!shared) {
        int file = memfd_create("storm", 0); /* stays open where a child executes the program anew */
        if (file < 0 || ftruncate(file, sizeof *shared) != 0) die("memfd");
        map_log(file);
    }
    memset(&shared->tally, 0, sizeof shared->tally);
    atomic_store(&shared->used, 0);
    shared->favourite = (int)below(&seed, KINDS);
    struct task roots[2];
    for (int i = 0; i < 2; i++) {
        roots[i] = (struct task){.seed = next(&seed), .size = size, .depth = DEPTH, .cpu = i};
        if (pthread_create(&roots[i].thread, NULL, rage_in_thread, &roots[i]) != 0) die("pthread_create");
    }
    for (int i = 0; i < 2; i++) pthread_join(roots[i].thread, NULL);
    for (int i = 0; i < COUNTED_NAMES; i++) {
        atomic_fetch_add(&tally->counts[i], atomic_load(&shared->tally.counts[i]));
    }
    long used = atomic_load(&shared->used);
    return used <= MOST ? used : -1;
}
