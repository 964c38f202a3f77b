/** Ad impressions as training rows: read from the lake's events, matched with their clicks. */
@NullMarked
package io.weir.training.click;

import org.jspecify.annotations.NullMarked;
