/* Passes a guarded mark as often as it is asked. */
#define _SDT_HAS_SEMAPHORES 1
#include <stdio.h>
#include <sys/sdt.h>
__extension__ volatile unsigned short t_served_semaphore __attribute__((unused, section(".probes"), visibility("hidden")));
static volatile int limit = 1000000;
int main(void) {
  int n;
  setlinebuf(stdout);
  puts("ready");
  while (scanf("%d", &n) == 1) {
    int on = 0;
    for (int i = 0; i < n && i < limit; i++) if (__builtin_expect(t_served_semaphore, 0)) { DTRACE_PROBE1(t, served, i); on++; }
    printf("did %d, %d were on\n", n, on);
  }
  return 0;
}
