package io.weir.model.mlflow;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects an answer and gives up as soon as it is larger than a limit. */
final class LimitedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
  private final long most;
  private Flow.@Nullable Subscription subscription;
  private long size;

  LimitedBody(long most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    body.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    if (size > most) {
      return;
    }
    size += parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (size <= most) {
      body.onNext(parts);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    body.onError(new BodyTooLargeException(most));
  }

  @Override
  public void onError(Throwable problem) {
    body.onError(problem);
  }

  @Override
  public void onComplete() {
    body.onComplete();
  }
}
