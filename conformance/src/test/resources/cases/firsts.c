#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
/* first instructions that Linux does not step over, and some beside them that it does */
static int n;
__attribute__((naked)) int up_locked(int *p) { __asm__("lock incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_avx(int *p) { __asm__("vpxor %xmm0, %xmm0, %xmm0; incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_segment(int *p) { __asm__(".byte 0x2e; incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_notrack(int *p) { __asm__("1: .byte 0x3e; jmp *2f(%rip); nop; 3: incl (%rdi); mov (%rdi), %eax; ret; .pushsection .data; 2: .quad 3b; .popsection"); }
__attribute__((naked)) int up_plain(int *p) { __asm__("incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_canary(int *p) { __asm__("mov %fs:0x28, %rax; incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_bits(int *p) { __asm__("popcnt %edi, %eax; incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_rep(int *p) { __asm__("rep; nop; incl (%rdi); mov (%rdi), %eax; ret"); }
__attribute__((naked)) int up_upper(int *p) { __asm__("vzeroupper; incl (%rdi); mov (%rdi), %eax; ret"); }
int main(int c, char **v) {
  int calls = atoi(v[1]); pthread_spinlock_t spin; pthread_spin_init(&spin, 0);
  for (int i = 0; i < calls; i++) {
    up_locked(&n); up_avx(&n); up_segment(&n); up_notrack(&n); up_plain(&n); up_canary(&n); up_bits(&n); up_rep(&n); up_upper(&n);
    pthread_spin_lock(&spin); pthread_spin_unlock(&spin);
  }
  printf("9 functions up_* called %d times each: %d\n", calls, n);
}
