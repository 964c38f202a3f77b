@NullMarked
package io.weir.ingest.broker;

import org.jspecify.annotations.NullMarked;
