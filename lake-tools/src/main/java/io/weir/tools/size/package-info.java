/** The calculator of docs/sizing.md: from traffic to partitions, instances, memory and disk. */
@NullMarked
package io.weir.tools.size;

import org.jspecify.annotations.NullMarked;
