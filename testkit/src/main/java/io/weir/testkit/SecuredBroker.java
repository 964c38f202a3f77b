package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A real broker that asks who is there: its listener has TLS with a certificate made for the test,
 * users log in with SCRAM-SHA-512, and nobody may do what no ACL allows. A second listener is open
 * to the test, which may do everything.
 */
public final class SecuredBroker implements AutoCloseable {
  private static final String SECURE = "listener.name.secure.";

  private final RealBroker broker;
  private final int port;
  private final Path trust;
  private final Admin admin;

  private SecuredBroker(RealBroker broker, int port, Path trust) {
    this.broker = broker;
    this.port = port;
    this.trust = trust;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** Starts a broker whose log, keys and certificate lie in the folder. */
  public static SecuredBroker start(Path folder) {
    return start(folder, Duration.ZERO);
  }

  /** The same, where users log in again so often. Zero: once for each connection. */
  public static SecuredBroker start(Path folder, Duration login) {
    try {
      Files.createDirectories(folder);
      Path keys = folder.resolve("keys.p12");
      Keytool.genkeypair(keys, "broker", "-dname=CN=broker", "-ext=SAN=ip:127.0.0.1");
      Path trust =
          Files.writeString(folder.resolve("ca.pem"), Keytool.certificates(keys, "broker"));
      int port = FreePort.next();
      RealBroker broker =
          RealBroker.start(folder.resolve("log"), all -> secure(all, port, keys, login));
      return new SecuredBroker(broker, port, trust);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void secure(Properties all, int port, Path keys, Duration login) {
    all.put(SECURE + "connections.max.reauth.ms", "" + login.toMillis());
    all.merge("listeners", ",SECURE://127.0.0.1:" + port, (a, b) -> a + "" + b);
    all.merge("advertised.listeners", ",SECURE://127.0.0.1:" + port, (a, b) -> a + "" + b);
    all.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL");
    all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    all.put("super.users", "User:ANONYMOUS");
    all.put(SECURE + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
    all.put(
        SECURE + "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    all.put(SECURE + "ssl.keystore.type", "PKCS12");
    all.put(SECURE + "ssl.keystore.location", keys.toString());
    all.put(SECURE + "ssl.keystore.password", Keytool.PASSWORD);
    all.put(SECURE + "ssl.key.password", Keytool.PASSWORD);
  }

  /** The address of the listener with TLS. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The certificate of the broker, which is its own authority. */
  public Path trustFile() {
    return trust;
  }

  /** A client that may do everything. */
  public Admin admin() {
    return admin;
  }

  /** Adds a user who may log in, and has no rights yet. */
  public void addUser(String name, String password) {
    var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    try {
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(name, info, password)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
