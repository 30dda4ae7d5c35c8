// Calls of known length: each line is the time inside of a call, and the time around it, in nanoseconds.
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static jmp_buf place;
static volatile int begun;

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}
static void rest(long us) {
  struct timespec t = {us / 1000000, us % 1000000 * 1000};
  if (us) nanosleep(&t, 0);
}
__attribute__((noinline)) long long work(long us) {
  long long from = now();
  begun = 1;
  rest(us);
  return now() - from;
}
__attribute__((noinline)) long long nest(int depth) {
  long long from = now(), inside = 0;
  if (depth > 1) inside = nest(depth - 1);
  rest(1000);
  long long took = now() - from;
  printf("%lld %lld\n", took, inside);
  return took;
}
__attribute__((noinline)) void leave(int jump) {
  if (jump) longjmp(place, 1);
  rest(1);
}
static void *hold(void *us) { work((long)us); return 0; }

int main(int argc, char **argv) {
  if (!strcmp(argv[1], "work"))
    for (int i = 2; i < argc; i++) {
      long long from = now(), inside = work(atol(argv[i]));
      printf("%lld %lld\n", inside, now() - from);
    }
  if (!strcmp(argv[1], "many"))
    for (int i = 0, n = atoi(argv[2]); i < n; i++) work(i == n / 2 ? atol(argv[3]) : 0);
  if (!strcmp(argv[1], "nest")) nest(atoi(argv[2]));
  if (!strcmp(argv[1], "leave")) {
    if (!setjmp(place)) leave(1);
    leave(0);
  }
  if (!strcmp(argv[1], "hold")) {
    puts("ready");
    fflush(stdout);
    char line[100];
    while (fgets(line, sizeof line, stdin)) {
      pthread_t thread;
      begun = 0;
      pthread_create(&thread, 0, hold, (void *)1000000000000L);
      while (!begun) usleep(100);
      rest(atol(line));
      puts("did hold");
      fflush(stdout);
    }
    _exit(0);
  }
}
