@NullMarked
package io.weir.tools.sql;

import org.jspecify.annotations.NullMarked;
