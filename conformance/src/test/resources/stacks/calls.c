// Calls work() once, in the way that is asked for, and ends. No function is inlined, and none jumps into another.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT __attribute__((noipa))

volatile int sink;

KEPT int work(int n) {
    sink += n;
    return n + sink;
}

KEPT int inner(int n) {
    char room[n + 100];
    memset(room, n, sizeof room);
    int result = work(n + room[3]);
    return result + room[n];
}

KEPT int outer(int n) {
    int result = inner(n + 1);
    return result + sink;
}

KEPT int down(int n) {
    int result = n == 0 ? work(n) : down(n - 1);
    return result + sink;
}

static void handler(int number) {
    sink += outer(number);
}

KEPT int compared(const void *one, const void *other) {
    static int done;
    int result = *(const int *)one - *(const int *)other;
    if (!done++) {
        result += work(1) & 0;
    }
    return result + (sink & 0);
}

static void *threaded(void *ignored) {
    sink += outer(3);
    return ignored;
}

#ifdef HALF
int half(int (*called)(int), int n);
#endif

int main(int count, char **args) {
    const char *way = count > 1 ? args[1] : "chain";
    setvbuf(stdout, NULL, _IONBF, 0);
    if (!strcmp(way, "chain")) {
        sink += outer(1);
    } else if (!strcmp(way, "recursion")) {
        sink += down(40);
    } else if (!strcmp(way, "deep")) {
        sink += down(4000);
    } else if (!strcmp(way, "signal")) {
        signal(SIGUSR1, handler);
        raise(SIGUSR1);
    } else if (!strcmp(way, "sort")) {
        int numbers[] = {3, 1, 2};
        qsort(numbers, 3, sizeof numbers[0], compared);
        sink += numbers[0];
    } else if (!strcmp(way, "thread")) {
        pthread_t thread;
        pthread_create(&thread, NULL, threaded, NULL);
        pthread_join(thread, NULL);
#ifndef NO_PLUGIN
    } else if (!strcmp(way, "plugin")) {
        void *plugin = dlopen("/opt/t/plugin.so", RTLD_NOW);
        int (*through)(int (*)(int), int) = (int (*)(int (*)(int), int))dlsym(plugin, "through");
        sink += through(outer, 5);
#endif
#ifdef HALF
    } else if (!strcmp(way, "half")) {
        sink += half(outer, 5);
#endif
    }
    printf("did %s\n", way);
    return sink == 77;
}
