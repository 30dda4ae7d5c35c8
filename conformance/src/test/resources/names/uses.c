/* Calls the library as often as it is told: uses N. Built with OLD, as a program that was linked long ago. */
#include <stdio.h>
#include <stdlib.h>

long reserve(long n);
void order_place(long n);
void order_send(long n);
void pick(long n);
#ifdef OLD
__asm__(".symver reserve, reserve@SHOP_1");
#endif

/* Known by the symbol table alone. */
__attribute__((noipa)) static void secret(long n) { __asm__ volatile("" : : "r"(n)); }

int main(int count, char **words) {
    long n = count > 1 ? atol(words[1]) : 0;
    for (long i = 0; i < n; i++) {
        reserve(i);
        order_place(i);
        order_send(i);
        order_send(i);
        pick(i);
        secret(i);
    }
    printf("OK reserve=%ld order_place=%ld order_send=%ld secret=%ld\n", n, n, 2 * n, n);
    return 0;
}
