package io.weir.ingest.event;

import org.jspecify.annotations.Nullable;

/** One product of an event, as the source writes it. */
public record Product(
    @Nullable String id,
    @Nullable String name,
    @Nullable String category,
    @Nullable String brand,
    @Nullable String price,
    @Nullable String quantity) {}
