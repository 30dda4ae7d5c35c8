/** The settings of a test: names, defaults and readers, and the warning about unknown names. */
@NullMarked
package io.probeunit.internal.configuration;

import org.jspecify.annotations.NullMarked;
