/** Checks that the lake holds each raw record once, and that each record has an end. */
@NullMarked
package io.weir.tools.audit;

import org.jspecify.annotations.NullMarked;
