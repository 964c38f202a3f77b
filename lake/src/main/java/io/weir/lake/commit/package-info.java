/** The commit protocol: files and offsets enter a table together or not at all. */
@NullMarked
package io.weir.lake.commit;

import org.jspecify.annotations.NullMarked;
