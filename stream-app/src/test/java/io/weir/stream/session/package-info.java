@NullMarked
package io.weir.stream.session;

import org.jspecify.annotations.NullMarked;
