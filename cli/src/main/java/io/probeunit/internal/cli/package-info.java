/** The command line. It shows what a test on this machine, with these containers, would find. */
@NullMarked
package io.probeunit.internal.cli;

import org.jspecify.annotations.NullMarked;
