@NullMarked
package io.weir.ingest.read;

import org.jspecify.annotations.NullMarked;
