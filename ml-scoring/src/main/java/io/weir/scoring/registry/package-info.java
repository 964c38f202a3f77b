/** Where models come from and how a running service changes to a newer one. */
@NullMarked
package io.weir.scoring.registry;

import org.jspecify.annotations.NullMarked;
