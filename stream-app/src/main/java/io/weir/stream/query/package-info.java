/** What can be asked over HTTP while the stream runs. */
@NullMarked
package io.weir.stream.query;

import org.jspecify.annotations.NullMarked;
