@NullMarked
package io.weir.stream.gold.days;

import org.jspecify.annotations.NullMarked;
