/* A library with two versions of a function, one function of two names, and one that is chosen when it is loaded. */
#define STAYS __attribute__((noipa))

static volatile long sink;

STAYS long reserve_now(long n) { return sink = n + 2; }
STAYS long reserve_then(long n) { return sink = n + 1; }
__asm__(".symver reserve_now, reserve@@SHOP_2");
__asm__(".symver reserve_then, reserve@SHOP_1");

STAYS void order_place(long n) { sink = n; }
void order_send(long n) __attribute__((alias("order_place")));

static void pick_fast(long n) { sink = n; }
static void pick_slow(long n) { sink = -n; }
static void (*choose(void))(long) { return sink ? pick_slow : pick_fast; }
void pick(long n) __attribute__((ifunc("choose")));
