package io.weir.stream.session.touch;

/** A run of touches as bytes: {@link TouchRunCodec} reads them. */
public interface FrozenRun extends FrozenItem {}
