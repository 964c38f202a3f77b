package io.weir.scoring.registry;

/** The source of return models, beside the one of conversion models. */
public record ReturnModel(Registry registry) {}
