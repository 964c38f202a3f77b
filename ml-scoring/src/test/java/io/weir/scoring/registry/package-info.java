/** Tests of registry. */
@NullMarked
package io.weir.scoring.registry;

import org.jspecify.annotations.NullMarked;
