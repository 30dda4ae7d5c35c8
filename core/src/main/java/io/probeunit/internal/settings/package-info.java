/**
 * What can be set. Each package that reads settings declares them itself; a {@link
 * io.probeunit.internal.settings.SettingTable} puts them together. The reader, the warning of unknown keys, the page
 * and the file for IDEs come from this table. Begin at {@link io.probeunit.internal.settings.Setting}.
 */
@NullMarked
package io.probeunit.internal.settings;

import org.jspecify.annotations.NullMarked;
