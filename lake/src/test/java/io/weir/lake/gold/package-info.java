@NullMarked
package io.weir.lake.gold;

import org.jspecify.annotations.NullMarked;
