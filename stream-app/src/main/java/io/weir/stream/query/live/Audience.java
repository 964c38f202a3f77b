package io.weir.stream.query.live;

import io.micronaut.http.sse.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;

/** Those who hear the same events; so many of them at most. */
final class Audience {
  private static final int MOST = 100;

  private final List<LiveClient> clients = new CopyOnWriteArrayList<>();
  private final Executor senders;

  Audience(Executor senders) {
    this.senders = senders;
  }

  /** A new listener; empty when there are too many. */
  synchronized Optional<Publisher<Event<Object>>> join(long now) {
    dropGone(now);
    if (clients.size() >= MOST) {
      return Optional.empty();
    }
    var client = new LiveClient(senders, now);
    clients.add(client);
    return Optional.of(client.publisher());
  }

  void dropGone(long now) {
    clients.removeIf(client -> client.isGone(now));
  }

  boolean isPresent() {
    return clients.stream().anyMatch(LiveClient::isListening);
  }

  void send(Event<Object> event) {
    for (LiveClient client : clients) {
      client.send(event);
    }
  }

  void close() {
    clients.forEach(LiveClient::close);
  }
}
