/** The command line of a process: how it complains. */
@NullMarked
package io.weir.process.command;

import org.jspecify.annotations.NullMarked;
