/** Tests. */
@NullMarked
package io.weir.local.topic;

import org.jspecify.annotations.NullMarked;
