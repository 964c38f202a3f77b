@NullMarked
package io.weir.tools.alert;

import org.jspecify.annotations.NullMarked;
