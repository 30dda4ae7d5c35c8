/**
 * A host inside a running container: the target itself, in which a shell answers what we ask, since there is no Java.
 *
 * <p>What the shell starts is in a mount namespace of its own and in a cgroup of its own, so that nothing stays of it and none
 * of it is taken for the container's own processes.
 */
@NullMarked
package io.probeunit.host.container;

import org.jspecify.annotations.NullMarked;
