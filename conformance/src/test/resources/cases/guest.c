/* Without a C library, so that no cross compiler is needed: runs on any Linux of its architecture. */
static long put(const char *text, long length) {
    register long x8 __asm__("x8") = 64, x0 __asm__("x0") = 1, x2 __asm__("x2") = length;
    register const char *x1 __asm__("x1") = text;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
}
__attribute__((noinline)) long work(long n) { __asm__ volatile(""); return n * 2 + 1; }
void _start(void) {
    volatile long sum = 0;
    for (long i = 0; i < 5; i++) sum += work(i);
    put("did work 5\n", 11);
    register long x8 __asm__("x8") = 94, x0 __asm__("x0") = 0;
    __asm__ volatile("svc 0" : : "r"(x8), "r"(x0));
    __builtin_unreachable();
}
