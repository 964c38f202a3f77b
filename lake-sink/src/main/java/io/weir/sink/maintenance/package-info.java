/** Maintenance of tables: compaction, expiry of snapshots and removal of orphans. */
@NullMarked
package io.weir.sink.maintenance;

import org.jspecify.annotations.NullMarked;
