@NullMarked
package io.weir.stream.query.http;

import org.jspecify.annotations.NullMarked;
