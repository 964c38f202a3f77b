@NullMarked
package io.weir.stream.query.reports;

import org.jspecify.annotations.NullMarked;
