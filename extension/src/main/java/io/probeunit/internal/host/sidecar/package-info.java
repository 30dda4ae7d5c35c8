/**
 * A host in a privileged container of our own, on the machine of the Docker daemon, wherever that is: our helper is its main
 * process.
 */
@NullMarked
package io.probeunit.internal.host.sidecar;

import org.jspecify.annotations.NullMarked;
