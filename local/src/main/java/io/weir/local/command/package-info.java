/** One class per command of the launcher. */
@NullMarked
package io.weir.local.command;

import org.jspecify.annotations.NullMarked;
