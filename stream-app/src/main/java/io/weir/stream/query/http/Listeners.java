package io.weir.stream.query.http;

import io.micronaut.http.sse.Event;
import io.weir.stream.query.live.Audience;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;

/** The listeners of the live stream over server-sent events; a bounded number of them. */
public final class Listeners implements Audience {
  private static final int MOST = 100;

  private final List<LiveClient> clients = new CopyOnWriteArrayList<>();
  private final Executor senders;

  public Listeners(Executor senders) {
    this.senders = senders;
  }

  /** Adds a listener; empty when there are too many. */
  synchronized Optional<Publisher<Event<Object>>> join(long now) {
    dropGone(now);
    if (clients.size() >= MOST) {
      return Optional.empty();
    }
    var client = new LiveClient(senders, now);
    clients.add(client);
    return Optional.of(client.publisher());
  }

  private void dropGone(long now) {
    clients.removeIf(client -> client.isGone(now));
  }

  @Override
  public boolean isPresent(long now) {
    dropGone(now);
    return clients.stream().anyMatch(LiveClient::isListening);
  }

  @Override
  public void send(String name, Object data) {
    Event<Object> event = Event.of(data).name(name);
    for (LiveClient client : clients) {
      client.send(event);
    }
  }

  @Override
  public void close() {
    clients.forEach(LiveClient::close);
  }
}
