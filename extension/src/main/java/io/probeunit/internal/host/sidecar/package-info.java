/**
 * A host in our privileged container, on the machine of the Docker daemon: our helper is its main process.
 */
@NullMarked
package io.probeunit.internal.host.sidecar;

import org.jspecify.annotations.NullMarked;
