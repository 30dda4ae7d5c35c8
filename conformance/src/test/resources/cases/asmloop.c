#include <stdio.h>
long go_round(long);
int main(void) { long s = go_round(5) + go_round(5); printf("did 2 of 5 rounds each (%ld)\n", s); return 0; }
