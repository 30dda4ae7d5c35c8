/** The command line for Maven builds. */
@NullMarked
package io.probeunit.internal.maven;

import org.jspecify.annotations.NullMarked;
