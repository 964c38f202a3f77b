/** What a person at the command line sees of work under way. */
@NullMarked
package io.weir.tools.terminal;

import org.jspecify.annotations.NullMarked;
