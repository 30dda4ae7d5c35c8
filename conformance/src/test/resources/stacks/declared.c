// Calls functions whose parameters are declared in many ways, three times, with values that the test knows.
#include <stdio.h>

#define KEPT __attribute__((noipa))

struct place {
    int shelf;
    const char *hall;
};

struct order {
    int id;
    const char *customer;
    struct place place;
    short amounts[4];
};

enum state { NEW, PAID = 7, LOST = -1 };

volatile int sink;

KEPT int reserve(struct order *order, double weight, enum state state, unsigned char level, _Bool urgent, short room) {
    sink += order->id + (int) weight + state + level + urgent + room;
    return state == LOST ? -2 : order->id;
}

KEPT int many(int a, int b, int c, int d, int e, int f, short on_stack, long last) {
    return a + b + c + d + e + f + on_stack + (int) last;
}

// A register whose upper half holds something else.
KEPT int half(int number) {
    sink += number;
    return number;
}

int main(void) {
    const char *customers[] = {"ann", "bob", "eve"};
    enum state states[] = {NEW, PAID, LOST};
    for (int i = 0; i < 3; i++) {
        struct order order = {41 + i, customers[i], {i, "north"}, {1, 2, (short) -i, 4}};
        reserve(&order, 2.5, states[i], 200, i & 1, (short) -i);
        many(1, 2, 3, 4, 5, 6, (short) -i, 1L << 40);
        ((int (*)(unsigned long)) half)(0xabcdef0000000000UL + 41 + i);
    }
    return 0;
}
