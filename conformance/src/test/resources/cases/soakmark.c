/* apart from the others, since one file's marks all have a semaphore, or none */
#include <sys/sdt.h>
void pass_hit(long v) { DTRACE_PROBE1(soak, hit, v); }
