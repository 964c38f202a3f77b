@NullMarked
package io.weir.ingest.topic;

import org.jspecify.annotations.NullMarked;
