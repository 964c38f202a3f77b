@NullMarked
package io.weir.stream.enrich;

import org.jspecify.annotations.NullMarked;
