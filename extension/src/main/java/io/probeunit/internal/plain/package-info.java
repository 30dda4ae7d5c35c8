/** Probes that code asks for, without annotations and without JUnit. */
@NullMarked
package io.probeunit.internal.plain;

import org.jspecify.annotations.NullMarked;
