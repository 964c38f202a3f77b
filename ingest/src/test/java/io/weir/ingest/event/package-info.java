@NullMarked
package io.weir.ingest.event;

import org.jspecify.annotations.NullMarked;
