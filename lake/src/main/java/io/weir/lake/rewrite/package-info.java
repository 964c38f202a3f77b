/** Rewrites the files of a table while its writers run. */
@NullMarked
package io.weir.lake.rewrite;

import org.jspecify.annotations.NullMarked;
