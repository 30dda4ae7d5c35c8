/** A host whose system calls a helper makes: its files, programs and mounts. */
@NullMarked
package io.probeunit.internal.host.helper;

import org.jspecify.annotations.NullMarked;
