/** The processes of Weir on one machine, with their order and their settings. */
@NullMarked
package io.weir.local.platform;

import org.jspecify.annotations.NullMarked;
