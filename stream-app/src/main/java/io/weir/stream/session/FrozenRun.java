package io.weir.stream.session;

/** A run of touches as bytes: {@link StretchCodec} reads them. */
public interface FrozenRun extends Frozen {}
