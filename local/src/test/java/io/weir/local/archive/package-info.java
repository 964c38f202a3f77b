@NullMarked
package io.weir.local.archive;

import org.jspecify.annotations.NullMarked;
