@NullMarked
package io.weir.lake.commit;

import org.jspecify.annotations.NullMarked;
