/**
 * The class archive: loaded and linked classes of the commands in a file, so that a command starts
 * within a fraction of the time (JEP 483).
 */
@NullMarked
package io.weir.local.archive;

import org.jspecify.annotations.NullMarked;
