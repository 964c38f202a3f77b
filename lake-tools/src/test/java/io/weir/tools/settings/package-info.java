@NullMarked
package io.weir.tools.settings;

import org.jspecify.annotations.NullMarked;
