#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
/* puts a page of its code elsewhere than in its file, at the same address, in the way that it is asked for: "anonymous"
   memory, a "memfd", or that of a "library" that it opens; or makes it "writable", or has it "shared" */
__attribute__((noinline, section(".hot"), aligned(4096))) int work(int n) { asm volatile(""); return n + 1; }
__attribute__((noinline, section(".hot"), aligned(4096))) int pad(int n) { asm volatile(""); return n; }
static void *page(void *code) { return (void *)((uintptr_t)code & ~4095ul); }
static void anonymous(void *at) {
  char copy[4096]; memcpy(copy, at, 4096);
  if (mmap(at, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at) exit(1);
  memcpy(at, copy, 4096);
  if (mprotect(at, 4096, PROT_READ | PROT_EXEC)) exit(1);
}
static void nameless(void *at) {
  int fd = memfd_create("code", 0);
  if (fd < 0 || write(fd, at, 4096) != 4096) exit(1);
  if (mmap(at, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_FIXED, fd, 0) != at) exit(1);
}
static void shared(void *at) {
  unsigned long begin, offset;
  char permissions[5], line[512];
  FILE *maps = fopen("/proc/self/maps", "r");
  while (fgets(line, 512, maps))
    if (sscanf(line, "%lx-%*x %4s %lx", &begin, permissions, &offset) == 3 && permissions[2] == 'x') break;
  fclose(maps);
  int fd = open("/proc/self/exe", O_RDONLY);
  if (mmap(at, 4096, PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED, fd, offset + ((uintptr_t)at - begin)) != at) exit(1);
}
int main(int c, char **v) {
  int (*call)(int) = work;
  char *how = c > 1 ? v[1] : "";
  setvbuf(stdout, 0, _IOLBF, 0);
  if (!strcmp(how, "library")) {
    call = (int (*)(int))dlsym(dlopen(v[2], RTLD_NOW), "reserve");
    anonymous(page((void *)call));
  } else if (!strcmp(how, "anonymous")) anonymous(page((void *)work));
  else if (!strcmp(how, "memfd")) nameless(page((void *)work));
  else if (!strcmp(how, "writable")) { if (mprotect(page((void *)work), 4096, PROT_READ | PROT_WRITE | PROT_EXEC)) exit(1); }
  else if (!strcmp(how, "shared")) shared(page((void *)work));
  puts("ready");
  char line[64];
  while (fgets(line, 64, stdin)) { int n = atoi(line); for (int i = 0; i < n; i++) call(i); printf("did %d %d\n", n, pad(n)); }
  for (;;) pause();
}
