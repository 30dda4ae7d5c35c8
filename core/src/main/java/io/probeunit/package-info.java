/**
 * The API for the code of tests: recordings, lists of functions and marks, and probes without annotations.
 */
@NullMarked
package io.probeunit;

import org.jspecify.annotations.NullMarked;
