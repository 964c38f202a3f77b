/** What keeps tables healthy: fewer and larger files, no old snapshots, no strays. */
@NullMarked
package io.weir.sink.maintenance;

import org.jspecify.annotations.NullMarked;
