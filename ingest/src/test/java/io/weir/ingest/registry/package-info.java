@NullMarked
package io.weir.ingest.registry;

import org.jspecify.annotations.NullMarked;
