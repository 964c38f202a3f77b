/** Tests of the servers' files. */
@NullMarked
package io.weir.local.server;

import org.jspecify.annotations.NullMarked;
