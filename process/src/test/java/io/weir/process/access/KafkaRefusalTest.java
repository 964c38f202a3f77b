package io.weir.process.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaRefusalTest {
  private static final ServiceRights STREAM =
      AccessCatalogue.streamApp(Topics.of("shop", 4, (short) 1, Duration.ofDays(1)), "shop-stream");

  private static String said(Exception cause) {
    return KafkaRefusal.of(new IllegalStateException("x", cause), STREAM).orElse("");
  }

  @Test
  void refusedTopics_areNamedWithTheirOperations() {
    assertThat(said(new TopicAuthorizationException(Set.of("shop.events", "shop.raw.rekeyed"))))
        .contains("stream-app")
        .contains("Write on topic shop.events, Read and Write on topic shop.raw.rekeyed")
        .contains("./weir acls");
  }

  @Test
  void refusedInternalTopic_isNamed() {
    assertThat(said(new TopicAuthorizationException(Set.of("shop-stream-gold-changelog"))))
        .contains("Read and Write on topic shop-stream-gold-changelog");
  }

  @Test
  void refusedGroup_isNamed() {
    assertThat(said(GroupAuthorizationException.forGroupId("shop-stream")))
        .contains("Read on group shop-stream");
  }

  @Test
  void refusedTransaction_isNamedByItsBeginning() {
    assertThat(said(new TransactionalIdAuthorizationException("no")))
        .contains("Write on transactional ids that begin with shop-stream-");
  }

  @Test
  void refusedLogin_namesTheSettings() {
    assertThat(said(new SaslAuthenticationException("invalid credentials")))
        .contains("any more: invalid credentials;", "WEIR_KAFKA_AUTH", "_PASSWORD");
    assertThat(
            said(
                new StartupException(
                    "Kafka at k:1 and this process do not accept each other: invalid credentials",
                    new SaslAuthenticationException("invalid credentials"))))
        .as("it is said already")
        .isEmpty();
  }

  @Test
  void otherFailures_areNone() {
    assertThat(said(new IllegalArgumentException("no"))).isEmpty();
  }

  @Test
  void readerOfAnyTopic_isToldToRead() {
    ServiceRights reader = ServiceRights.reader("lake-sink");

    assertThat(KafkaRefusal.of(new TopicAuthorizationException(Set.of("a")), reader))
        .hasValueSatisfying(text -> assertThat(text).contains("lake-sink", "Read on topic a"));
  }
}
