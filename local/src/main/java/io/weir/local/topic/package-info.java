/** Reads what the services left on the topics. */
@NullMarked
package io.weir.local.topic;

import org.jspecify.annotations.NullMarked;
