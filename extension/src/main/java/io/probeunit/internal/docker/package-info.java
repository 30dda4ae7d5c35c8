/** A running container as we need it. The only package that knows Testcontainers and docker-java. */
@NullMarked
package io.probeunit.internal.docker;

import org.jspecify.annotations.NullMarked;
