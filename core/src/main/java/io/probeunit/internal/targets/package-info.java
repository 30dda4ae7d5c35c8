/** From a container to its processes, its cgroup and its files, as seen on a host. */
@NullMarked
package io.probeunit.internal.targets;

import org.jspecify.annotations.NullMarked;
