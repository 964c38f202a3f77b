/** What a person at the command line sees of a process. */
@NullMarked
package io.weir.process.terminal;

import org.jspecify.annotations.NullMarked;
