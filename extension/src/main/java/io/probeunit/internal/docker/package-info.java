/**
 * Containers, images and the daemon, as ProbeUnit uses them. The only package that knows Testcontainers and
 * docker-java.
 */
@NullMarked
package io.probeunit.internal.docker;

import org.jspecify.annotations.NullMarked;
