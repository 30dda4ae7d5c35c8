/** Probes that are asked for in code, without annotations and without JUnit. */
@NullMarked
package io.probeunit.internal.plain;

import org.jspecify.annotations.NullMarked;
