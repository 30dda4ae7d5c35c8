/**
 * How the annotations find the extension that serves them; not needed for writing tests.
 */
@NullMarked
package io.probeunit.annotations.bridge;

import org.jspecify.annotations.NullMarked;
