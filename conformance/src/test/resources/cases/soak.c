#include "soak.h"
#define _SDT_HAS_SEMAPHORES 1
#include <sys/sdt.h>
#include <dlfcn.h>
#include <stdint.h>
#include <sys/mman.h>

__extension__ volatile unsigned short soak_guarded_semaphore __attribute__((unused, section(".probes"), visibility("hidden")));

#ifdef SECOND
ALONE long moves_the_others(long v) { return v * 5 + 3; }
#endif

long lib_work(long v);
void pass_hit(long v);

ALONE long plain(long v) { return v * 3; }
ALONE int narrow(int v) { return -v; }

/* through a pointer that promises nothing: the register's other half is not the value's */
static void call_narrow(long v) {
    long (*volatile call)(long) = (long (*)(long))(void (*)(void))narrow;
    call((long)(0x5a5a000000000000 | (uint32_t)v));
}

static long call_nested(long n);
ALONE long nested(long n) { return n == 0 ? 0 : call_nested(n - 1) + 1; }
ALONE static long call_nested(long n) {
    say("nested", n);
    long result = nested(n);
    say("nested=", result);
    return result;
}

struct node { struct node *next; long v; };
ALONE struct node *last(struct node *n) { while (n->next) n = n->next; return n; }

static volatile int always = 1;
static __attribute__((noinline)) long ordered(long kind, long v) { say("ordered", v); return v + always; }

/* on a page of its own, which can be moved to anonymous memory, as programs do that put their text on huge pages */
__attribute__((NOIPA, section(".hot"), aligned(4096))) long hot(long v) { return v * 2; }
__attribute__((NOIPA, section(".hot"), aligned(4096))) long hot_end(long v) { return v; }
static void remap(void) {
    void *at = (void *)hot, *to = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(to, at, 4096);
    mprotect(to, 4096, PROT_READ | PROT_EXEC);
    if (mremap(to, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, at) == MAP_FAILED) _exit(4);
}

ALONE long chosen_by_default(long v) { return v + 1; }
typedef long choice(long);
static choice *choose(void) { return chosen_by_default; }
long chosen(long) __attribute__((ifunc("choose")));

static long call_plugin(long v) {
    void *library = dlopen("/opt/t/soak/plugins/libsoak.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) _exit(3);
    long (*work)(long) = (long (*)(long))dlsym(library, "lib_work");
    say("plugin", v);
    long result = work(v);
    say("plugin=", result);
    return result;
}

static int carry_out(const char *verb, long v) {
    if (!strcmp(verb, "plain")) {
        say("plain", v);
        say("plain=", plain(v));
    } else if (!strcmp(verb, "narrow")) {
        say("narrow", v);
        call_narrow(v);
        say("narrow=", -v);
    } else if (!strcmp(verb, "nested")) {
        call_nested(v);
    } else if (!strcmp(verb, "last")) {
        struct node *list = (struct node *)calloc((size_t)v, sizeof *list);
        for (long i = 0; i < v - 1; i++) list[i].next = list + i + 1;
        say("last", v);
        last(list);
        say("last=", v);
        free(list);
    } else if (!strcmp(verb, "ordered")) {
        say("ordered=", ordered(1, v));
    } else if (!strcmp(verb, "hit")) {
        say("hit", v);
        pass_hit(v);
    } else if (!strcmp(verb, "guarded")) {
        say("guarded", v);
        if (__builtin_expect(soak_guarded_semaphore, 0)) DTRACE_PROBE1(soak, guarded, v);
    } else if (!strcmp(verb, "hot")) {
        say("hot", v);
        say("hot=", hot(v));
    } else if (!strcmp(verb, "remap")) {
        remap();
    } else if (!strcmp(verb, "chosen")) {
        say("chosen_by_default", v);
        say("chosen_by_default=", chosen(v));
    } else if (!strcmp(verb, "library")) {
        say("lib_work", v);
        say("lib_work=", lib_work(v));
    } else if (!strcmp(verb, "plugin")) {
        call_plugin(v);
    } else {
        return 0;
    }
    return 1;
}
