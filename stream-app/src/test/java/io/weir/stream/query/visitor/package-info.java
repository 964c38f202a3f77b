@NullMarked
package io.weir.stream.query.visitor;

import org.jspecify.annotations.NullMarked;
