/**
 * A host inside a running container: the target itself, in which our helper makes the system calls that we ask for.
 *
 * <p>The helper and what it starts are in a mount namespace of their own and in a cgroup of their own, so that nothing stays of
 * them and none of them is taken for the container's own processes.
 */
@NullMarked
package io.probeunit.internal.host.container;

import org.jspecify.annotations.NullMarked;
