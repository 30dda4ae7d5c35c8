#include "soak.h"
#include <stdexcept>

#ifdef SECOND
ALONE long moves_the_others(long v) { return v * 5 + 3; }
#endif

namespace shop {
ALONE long cost(int v) { return v + 1; }
ALONE long cost(long v) { return v + 2; }
ALONE long cost(double v) { return (long)v + 3; }
struct cart {
    long sum = 0;
    ALONE long add(long v);
};
long cart::add(long v) { return sum += v; }
ALONE long price(long v) {
    if (v % 2) throw std::out_of_range("odd");
    return v * 2;
}
}

ALONE static long through(long v) {
    say("price", v);
    long result = shop::price(v);
    say("price=", result);
    return result;
}

static int carry_out(const char *verb, long v) {
    if (!strcmp(verb, "int")) {
        say("cost(int)", v);
        say("cost(int)=", shop::cost((int)v));
    } else if (!strcmp(verb, "long")) {
        say("cost(long)", v);
        say("cost(long)=", shop::cost(v));
    } else if (!strcmp(verb, "double")) {
        say("cost(double)", v);
        say("cost(double)=", shop::cost((double)v));
    } else if (!strcmp(verb, "add")) {
        shop::cart cart;
        say("add", v);
        say("add=", cart.add(v));
    } else if (!strcmp(verb, "price")) {
        try {
            through(v);
        } catch (const std::exception &) {
        }
    } else {
        return 0;
    }
    return 1;
}
