/** Tests of processor. */
@NullMarked
package io.weir.scoring.processor;

import org.jspecify.annotations.NullMarked;
