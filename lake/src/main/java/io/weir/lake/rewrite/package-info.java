/** How the files of a table are written anew beside its writers. */
@NullMarked
package io.weir.lake.rewrite;

import org.jspecify.annotations.NullMarked;
