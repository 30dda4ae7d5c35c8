/* Handles signals on a stack of its own, which lies above the usual one. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
static int handled;
__attribute__((noipa)) int note(int n) { handled += n; return handled; }
static void handler(int s) { (void)s; note(1); }
__attribute__((noipa)) int work(int n) { raise(SIGUSR1); __asm__ volatile(""); return n + 1; }
enum { SIZE = 1 << 16 };
static char stacks[2 * SIZE] __attribute__((aligned(16)));
static int n;
static void run(void) { for (int i = 0; i < 6; i++) n = work(n); printf("worked %d times, handled %d signals\n", n, handled); fflush(stdout); exit(0); }
int main(void) {
  stack_t other = {.ss_sp = stacks + SIZE, .ss_size = SIZE};
  struct sigaction a = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  sigaltstack(&other, NULL);
  sigaction(SIGUSR1, &a, NULL);
  char *top = stacks + SIZE - 64;
  __asm__ volatile("mov %0, %%rsp\n\tcall *%1" : : "r"(top), "r"(run) : "memory");
  return 1;
}
