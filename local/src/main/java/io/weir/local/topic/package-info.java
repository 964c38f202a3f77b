/** Reads the records that the services wrote to topics. */
@NullMarked
package io.weir.local.topic;

import org.jspecify.annotations.NullMarked;
