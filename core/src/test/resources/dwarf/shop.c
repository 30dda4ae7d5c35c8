// What debug information of C has to say of parameters; DebugInformationTest knows it.
#include <stdio.h>

struct order {
    int id;
    const char *customer;
    unsigned paid : 1;
    unsigned kind : 5;
    union {
        long total;
        char code[8];
    };
    struct order *next;
};

enum state { NEW, PAID = 7, LOST = -1 };

typedef unsigned short shelf_t;

#define KEPT __attribute__((noipa))

KEPT int reserve(struct order *order, double weight, enum state state, unsigned char level, _Bool urgent, shelf_t shelf) {
    return order->id + (int) weight + state + level + urgent + shelf;
}

KEPT long many(int a, int b, int c, int d, int e, int f, short on_stack, long last) {
    return a + b + c + d + e + f + on_stack + last;
}

KEPT int stored(int number) {
    printf("%p", (void *) &number);
    return number;
}

KEPT int ignores(int used, const volatile char *unused, int *const kept) {
    return used + *kept;
}

KEPT void nothing(void) {
    puts("");
}

KEPT int format(const char *text, ...) {
    return text[0];
}

// only this call is left of it: the second argument is in the clone
static __attribute__((noinline)) int scaled(int value, int factor) {
    return value * factor + printf("%d", value);
}

static inline __attribute__((always_inline)) int tax(int sum) {
    if (sum > 100) {
        printf("%d", sum);
    }
    return sum / 5;
}

KEPT int charge(int sum) {
    return sum + tax(sum) + scaled(sum, 10);
}

int main(int count, char **arguments) {
    struct order order = {count, arguments[0], 1, 3, {7}, 0};
    nothing();
    return reserve(&order, 2.5, PAID, 3, 1, 9) + (int) many(1, 2, 3, 4, 5, 6, 7, 8) + stored(count)
            + ignores(count, 0, &count) + format("") + charge(count) + charge(tax(count));
}
