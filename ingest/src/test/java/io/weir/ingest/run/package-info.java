@NullMarked
package io.weir.ingest.run;

import org.jspecify.annotations.NullMarked;
