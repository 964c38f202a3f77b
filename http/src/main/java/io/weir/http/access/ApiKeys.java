package io.weir.http.access;

import io.weir.process.StartupException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that a service takes. It knows their SHA-256 only: keys are random and long, so nobody
 * finds one by trying, and a slow hash would only cost time at each request.
 */
public final class ApiKeys {
  /** A longer text is no key, and is not worth a hash. */
  private static final int LONGEST = 512;

  private static final Pattern WORD = Pattern.compile("[^\\s,]+");

  private static final Pattern ENTRY =
      Pattern.compile("(?<name>[A-Za-z0-9._-]{1,64}):(?<role>[a-z]+):(?<hash>[0-9A-Fa-f]{64})");

  private final List<Entry> entries;

  private ApiKeys(List<Entry> entries) {
    this.entries = entries;
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Entry(Caller caller, byte[] hash) {}

  /** No key is right. */
  public static ApiKeys none() {
    return new ApiKeys(List.of());
  }

  /**
   * Reads {@code NAME:ROLE:SHA-256}, with commas or white space between them and comments after #.
   *
   * @param setting the variable with the text, for complaints, which never repeat it
   */
  public static ApiKeys of(String text, String setting) {
    var entries = new ArrayList<Entry>();
    var names = new HashSet<String>();
    for (MatchResult word : WORD.matcher(text.replaceAll("#[^\\n]*", " ")).results().toList()) {
      Matcher matcher = ENTRY.matcher(word.group());
      if (!matcher.matches()) {
        throw new StartupException(
            "%s: entry %d is not NAME:ROLE:HASH with the SHA-256 of the key as 64 hexadecimal digits"
                .formatted(setting, entries.size() + 1));
      }
      String name = matcher.group("name");
      if (!names.add(name)) {
        throw new StartupException(setting + ": the name " + name + " is there twice");
      }
      Role role = role(name, matcher.group("role"), setting);
      byte[] hash = HexFormat.of().parseHex(matcher.group("hash").toLowerCase(Locale.ROOT));
      requireOwnKey(name, hash, entries, setting);
      entries.add(new Entry(new Caller(name, role), hash));
    }
    if (entries.isEmpty()) {
      throw new StartupException(setting + " holds no key");
    }
    return new ApiKeys(List.copyOf(entries));
  }

  private static Role role(String name, String word, String setting) {
    return Role.named(word)
        .orElseThrow(() ->
            new StartupException(
                setting
                    + ": the role of "
                    + name
                    + " is none of reader, operator, collector and instance"));
  }

  /** An empty variable in a script gives the hash of nothing, or of a line end. */
  private static void requireOwnKey(String name, byte[] hash, List<Entry> entries, String setting) {
    if (Arrays.equals(hash, hash("")) || Arrays.equals(hash, hash("\n"))) {
      throw new StartupException(
          setting + ": the key of " + name + " is empty; its HASH is that of no text");
    }
    for (Entry entry : entries) {
      if (Arrays.equals(hash, entry.hash())) {
        throw new StartupException(
            "%s: %s and %s have the same key; give each a key of its own"
                .formatted(setting, entry.caller().name(), name));
      }
    }
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whose key this is. It takes as long for a wrong key as for a right one. */
  public Optional<Caller> owner(String key) {
    if (key.length() > LONGEST) {
      return Optional.empty();
    }
    byte[] hash = hash(key);
    Optional<Caller> owner = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), hash)) {
        owner = Optional.of(entry.caller());
      }
    }
    return owner;
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
