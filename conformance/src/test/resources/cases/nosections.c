#include <stdio.h>
__attribute__((noinline,used)) int exported_two(int n) { return n + 2; }
int main(void) { int s = 0; for (int i = 0; i < 3; i++) s += exported_two(i); printf("did 3 %d\n", s); return 0; }
