@NullMarked
package io.weir.stream.ingest;

import org.jspecify.annotations.NullMarked;
