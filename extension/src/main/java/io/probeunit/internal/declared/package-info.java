/** What a test declares, as it is understood: targets, and expectations of samples. */
@NullMarked
package io.probeunit.internal.declared;

import org.jspecify.annotations.NullMarked;
