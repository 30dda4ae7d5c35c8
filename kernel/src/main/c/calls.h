/* System calls of the two machines: how they are made, and their numbers; asm/unistd_64.h, asm-generic/unistd.h. */

#if defined(__x86_64__)

#define NR_read 0
#define NR_write 1
#define NR_close 3
#define NR_mmap 9
#define NR_munmap 11
#define NR_rt_sigaction 13
#define NR_rt_sigprocmask 14
#define NR_writev 20
#define NR_nanosleep 35
#define NR_getpid 39
#define NR_clone 56
#define NR_execve 59
#define NR_wait4 61
#define NR_kill 62
#define NR_chdir 80
#define NR_getppid 110
#define NR_prctl 157
#define NR_futex 202
#define NR_exit_group 231
#define NR_waitid 247
#define NR_ppoll 271
#define NR_dup3 292
#define NR_pipe2 293
#define NR_pidfd_open 434
#define NR_close_range 436

static inline i64 call(u64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  i64 result;
  register u64 r10 __asm__("r10") = d;
  register u64 r8 __asm__("r8") = e;
  register u64 r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return result;
}

/* A thread on a stack of its own, whose end is given; the function does not return. */
static inline i64 start_thread(void (*run)(void *), void *argument, u8 *end, u64 flags) {
  u64 *stack = (u64 *) end - 2;
  stack[0] = (u64) run;
  stack[1] = (u64) argument;
  i64 result;
  register u64 r10 __asm__("r10") = 0;
  register u64 r8 __asm__("r8") = 0;
  __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%ebp, %%ebp\n\tpop %%rax\n\tpop %%rdi\n\tcall *%%rax\n\thlt\n1:"
                   : "=a"(result)
                   : "a"(NR_clone), "D"(flags), "S"(stack), "d"(0), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
}

static inline void unmap_and_exit(void *stack, u64 size) {
  __asm__ volatile("syscall\n\tmov $60, %%eax\n\txor %%edi, %%edi\n\tsyscall" : : "a"(NR_munmap), "D"(stack), "S"(size) : "rcx", "r11", "memory");
}

__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall main_of_helper\n\thlt\n");

#elif defined(__aarch64__)

#define NR_dup3 24
#define NR_chdir 49
#define NR_close 57
#define NR_pipe2 59
#define NR_read 63
#define NR_write 64
#define NR_writev 66
#define NR_ppoll 73
#define NR_exit_group 94
#define NR_waitid 95
#define NR_futex 98
#define NR_nanosleep 101
#define NR_kill 129
#define NR_rt_sigaction 134
#define NR_rt_sigprocmask 135
#define NR_prctl 167
#define NR_getpid 172
#define NR_getppid 173
#define NR_munmap 215
#define NR_clone 220
#define NR_execve 221
#define NR_mmap 222
#define NR_wait4 260
#define NR_pidfd_open 434
#define NR_close_range 436

static inline i64 call(u64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  register u64 x8 __asm__("x8") = number;
  register u64 x0 __asm__("x0") = a;
  register u64 x1 __asm__("x1") = b;
  register u64 x2 __asm__("x2") = c;
  register u64 x3 __asm__("x3") = d;
  register u64 x4 __asm__("x4") = e;
  register u64 x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return (i64) x0;
}

/* A thread on a stack of its own, whose end is given; the function does not return. */
static inline i64 start_thread(void (*run)(void *), void *argument, u8 *end, u64 flags) {
  u64 *stack = (u64 *) end - 2;
  stack[0] = (u64) run;
  stack[1] = (u64) argument;
  register u64 x8 __asm__("x8") = NR_clone;
  register u64 x0 __asm__("x0") = flags;
  register u64 x1 __asm__("x1") = (u64) stack;
  register u64 x2 __asm__("x2") = 0;
  register u64 x3 __asm__("x3") = 0;
  register u64 x4 __asm__("x4") = 0;
  __asm__ volatile("svc 0\n\tcbnz x0, 1f\n\tmov x29, 0\n\tldp x1, x0, [sp], 16\n\tblr x1\n\tbrk 1\n1:"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
                   : "x30", "memory");
  return (i64) x0;
}

static inline void unmap_and_exit(void *stack, u64 size) {
  register u64 x8 __asm__("x8") = NR_munmap;
  register u64 x0 __asm__("x0") = (u64) stack;
  register u64 x1 __asm__("x1") = size;
  __asm__ volatile("svc 0\n\tmov x8, 93\n\tmov x0, 0\n\tsvc 0" : : "r"(x8), "r"(x0), "r"(x1) : "memory");
}

__asm__(".globl _start\n_start:\n\tmov x29, 0\n\tmov x30, 0\n\tmov x0, sp\n\tbl main_of_helper\n\tbrk 1\n");

#else
#error "x86-64 or aarch64"
#endif
