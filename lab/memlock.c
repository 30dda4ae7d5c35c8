/*
 * stapbpf raises RLIMIT_MEMLOCK before it loads anything, and exits where it may not: root without
 * CAP_SYS_RESOURCE. Kernels since 5.11 do not count BPF memory against that limit. So, preloaded, this
 * lets such a call be tried and answers 0 whatever came of it. Every other call passes unchanged.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

#define SETRLIMIT(name, type)                                                            \
    int name(__rlimit_resource_t resource, const struct type *limit)                     \
    {                                                                                    \
        int (*real)(__rlimit_resource_t, const struct type *) = dlsym(RTLD_NEXT, #name); \
        int result = real(resource, limit);                                              \
        return resource == RLIMIT_MEMLOCK ? 0 : result;                                  \
    }

#define PRLIMIT(name, type)                                                                         \
    int name(pid_t pid, __rlimit_resource_t resource, const struct type *limit, struct type *old)   \
    {                                                                                               \
        int (*real)(pid_t, __rlimit_resource_t, const struct type *, struct type *)                 \
            = dlsym(RTLD_NEXT, #name);                                                              \
        int result = real(pid, resource, limit, old);                                               \
        if (result == 0 || limit == NULL || resource != RLIMIT_MEMLOCK)                             \
            return result;                                                                          \
        return old == NULL ? 0 : real(pid, resource, NULL, old);                                    \
    }

SETRLIMIT(setrlimit, rlimit)
SETRLIMIT(setrlimit64, rlimit64)
PRLIMIT(prlimit, rlimit)
PRLIMIT(prlimit64, rlimit64)
