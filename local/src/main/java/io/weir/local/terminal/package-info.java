/** What the user sees while the launcher works. */
@NullMarked
package io.weir.local.terminal;

import org.jspecify.annotations.NullMarked;
