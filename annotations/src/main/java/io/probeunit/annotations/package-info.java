/**
 * Annotations that say which functions must run and which instrumentation marks must fire inside a test's containers.
 */
@NullMarked
package io.probeunit.annotations;

import org.jspecify.annotations.NullMarked;
