/** What a test declares, checked and without JUnit: its targets, and its expectations of samples. */
@NullMarked
package io.probeunit.internal.declared;

import org.jspecify.annotations.NullMarked;
