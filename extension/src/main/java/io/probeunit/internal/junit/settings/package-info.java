/** Warnings of names that are no settings, for JUnit's launcher. */
@NullMarked
package io.probeunit.internal.junit.settings;

import org.jspecify.annotations.NullMarked;
