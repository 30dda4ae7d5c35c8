/** The command line: what a test of the same machine and containers would find, without a test. */
@NullMarked
package io.probeunit.internal.cli;

import org.jspecify.annotations.NullMarked;
