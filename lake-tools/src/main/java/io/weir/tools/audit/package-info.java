/** Whether the lake holds what the topics held: each raw record once, and an end for each. */
@NullMarked
package io.weir.tools.audit;

import org.jspecify.annotations.NullMarked;
