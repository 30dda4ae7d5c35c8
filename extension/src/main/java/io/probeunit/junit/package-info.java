/**
 * Where JUnit meets the rest: callbacks, annotations, settings, targets in fields, parameters and report entries.
 */
@NullMarked
package io.probeunit.junit;

import org.jspecify.annotations.NullMarked;
