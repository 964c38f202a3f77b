/** Which processes make up Weir on one machine, in which order, with which settings. */
@NullMarked
package io.weir.local.platform;

import org.jspecify.annotations.NullMarked;
