/** Business alerts: rules over gold, rehearsed over history and run live. */
@NullMarked
package io.weir.tools.alert;

import org.jspecify.annotations.NullMarked;
