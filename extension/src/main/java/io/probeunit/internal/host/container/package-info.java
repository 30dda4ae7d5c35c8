/**
 * A host inside a running container: the target itself, in which our helper makes the system calls that we ask for.
 *
 * <p>The helper and its child processes have their own mount namespace and their own cgroup. So nothing of them stays,
 * and none of them counts as a process of the container.
 */
@NullMarked
package io.probeunit.internal.host.container;

import org.jspecify.annotations.NullMarked;
