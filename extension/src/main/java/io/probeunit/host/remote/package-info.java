/**
 * A host that is somewhere else: questions to a small program of ours that runs there.
 *
 * <p>What runs on the other side loads without JUnit, Testcontainers and docker-java.
 */
@NullMarked
package io.probeunit.host.remote;

import org.jspecify.annotations.NullMarked;
