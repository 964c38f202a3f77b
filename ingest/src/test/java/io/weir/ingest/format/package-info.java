@NullMarked
package io.weir.ingest.format;

import org.jspecify.annotations.NullMarked;
