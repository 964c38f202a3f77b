package io.weir.scoring.registry;

/** The source of click models, beside the one of conversion models. */
public record ClickModel(Registry registry) {}
