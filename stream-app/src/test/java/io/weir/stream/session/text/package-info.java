@NullMarked
package io.weir.stream.session.text;

import org.jspecify.annotations.NullMarked;
