package io.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
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
  private static final String STORE_PASSWORD = "changeit";
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
    try {
      Files.createDirectories(folder);
      Path keys = folder.resolve("keys.p12");
      makeKeys(keys);
      Path trust = Files.writeString(folder.resolve("ca.pem"), certificate(keys));
      int port = FreePort.next();
      RealBroker broker = RealBroker.start(folder.resolve("log"), all -> secure(all, port, keys));
      return new SecuredBroker(broker, port, trust);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeKeys(Path keys) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias=broker",
            "-keyalg=EC",
            "-groupname=secp256r1",
            "-dname=CN=broker",
            "-ext=SAN=ip:127.0.0.1",
            "-validity=2",
            "-storetype=PKCS12",
            "-keystore=" + keys,
            "-storepass=" + STORE_PASSWORD);
    var words = command.stream().flatMap(SecuredBroker::words).toList();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool has made no keys: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** keytool takes an option and its value as two words. */
  private static Stream<String> words(String option) {
    int end = option.startsWith("-") ? option.indexOf('=') : -1;
    return end < 0
        ? Stream.of(option)
        : Stream.of(option.substring(0, end), option.substring(end + 1));
  }

  private static String certificate(Path keys) throws IOException {
    try (InputStream in = Files.newInputStream(keys)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, STORE_PASSWORD.toCharArray());
      byte[] encoded = store.getCertificate("broker").getEncoded();
      String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void secure(Properties all, int port, Path keys) {
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
    all.put(SECURE + "ssl.keystore.password", STORE_PASSWORD);
    all.put(SECURE + "ssl.key.password", STORE_PASSWORD);
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
