/* Marks with semaphores. In a file of their own, since sys/sdt.h decides for all marks of a file. */
#define _SDT_HAS_SEMAPHORES 1
#include "truth.h"
#include <sys/sdt.h>

volatile unsigned short truth_guarded_semaphore __attribute__((section(".probes")));
volatile unsigned short truth_watched_semaphore __attribute__((section(".probes")));

/* The code tests the semaphore: the mark is passed only while somebody holds it up. */
STAYS void pass_guarded(int n) {
    if (__builtin_expect(truth_guarded_semaphore > 0, 0)) {
        COUNT(guarded);
        STAP_PROBE1(truth, guarded, n);
    }
}

/* The note names a semaphore, and the code does not test it: the mark is passed always. */
STAYS void pass_watched(int n) {
    COUNT(watched);
    STAP_PROBE1(truth, watched, n);
}

int guarded_semaphore(void) { return truth_guarded_semaphore; }

int watched_semaphore(void) { return truth_watched_semaphore; }
