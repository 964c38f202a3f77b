/** The times at which records were appended, as the consumer learns them. */
@NullMarked
package io.weir.stream.processor.times;

import org.jspecify.annotations.NullMarked;
