package io.weir.sink.export;

import io.weir.sink.gold.Postgres;
import io.weir.sink.table.LakeLocation;

/** What is exported from. */
public record Source(LakeLocation lake, Postgres postgres) {}
