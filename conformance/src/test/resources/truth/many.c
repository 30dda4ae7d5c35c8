/* Functions many_000 to many_999, which nobody calls: for arming many probes at once. */
#include "truth.h"

static volatile int last;

#define ONE(N) STAYS QUICK void many_##N(void) { last = 1##N; }
#define TEN(N) \
    ONE(N##0) ONE(N##1) ONE(N##2) ONE(N##3) ONE(N##4) ONE(N##5) ONE(N##6) ONE(N##7) ONE(N##8) ONE(N##9)
#define HUNDRED(N) \
    TEN(N##0) TEN(N##1) TEN(N##2) TEN(N##3) TEN(N##4) TEN(N##5) TEN(N##6) TEN(N##7) TEN(N##8) TEN(N##9)

HUNDRED(0) HUNDRED(1) HUNDRED(2) HUNDRED(3) HUNDRED(4) HUNDRED(5) HUNDRED(6) HUNDRED(7) HUNDRED(8) HUNDRED(9)
