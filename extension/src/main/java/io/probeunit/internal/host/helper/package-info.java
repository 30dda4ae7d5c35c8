/** What is above a helper that makes system calls elsewhere: files, programs, mounts. */
@NullMarked
package io.probeunit.internal.host.helper;

import org.jspecify.annotations.NullMarked;
