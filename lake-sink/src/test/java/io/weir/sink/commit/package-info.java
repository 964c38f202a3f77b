@NullMarked
package io.weir.sink.commit;

import org.jspecify.annotations.NullMarked;
