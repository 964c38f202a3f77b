/** Exports gold and the tables of sessions as files for other tools. */
@NullMarked
package io.weir.tools.export;

import org.jspecify.annotations.NullMarked;
