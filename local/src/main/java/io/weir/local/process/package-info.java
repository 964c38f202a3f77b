/** Operating system processes, their pid files, logs and ports. */
@NullMarked
package io.weir.local.process;

import org.jspecify.annotations.NullMarked;
