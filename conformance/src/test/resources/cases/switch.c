/* Two stacks in one thread, switched by code of the program's own. */
#include <stdio.h>
#include <stdlib.h>
extern void shop_swapcontext(void **from, void *to);
__asm__(".globl shop_swapcontext\n.type shop_swapcontext,@function\nshop_swapcontext:\n"
  " push %rbp\n push %rbx\n push %r12\n push %r13\n push %r14\n push %r15\n mov %rsp,(%rdi)\n mov %rsi,%rsp\n"
  " pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbx\n pop %rbp\n ret\n.size shop_swapcontext,.-shop_swapcontext\n");
static void *mainsp, *sp[2]; static int now;
__attribute__((noipa)) int f(int n) { shop_swapcontext(&sp[n], mainsp); return n * 10; }
static void body(void) { int me = now; printf("ret %d\n", f(me)); shop_swapcontext(&sp[me], mainsp); abort(); }
int main(void) {
  for (int i = 0; i < 2; i++) { void **s = (void **)((char *)aligned_alloc(16, 65536) + 65536 - 16); *--s = (void *)body; for (int k = 0; k < 6; k++) *--s = 0; sp[i] = s; }
  for (int round = 0; round < 2; round++) for (now = 0; now < 2; now++) shop_swapcontext(&mainsp, sp[now]);
  puts("end"); return 0; }
