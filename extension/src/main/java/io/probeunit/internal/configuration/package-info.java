/** What a test is set to: names, defaults and readers of settings, and warnings of names that are none. */
@NullMarked
package io.probeunit.internal.configuration;

import org.jspecify.annotations.NullMarked;
