package io.weir.stream.enrich;

import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzerDirect;
import org.jspecify.annotations.Nullable;

/** Reads user agents with the Yauaa library, its names translated to the standard ones. */
final class YauaaParser implements Agents.AgentParser {
  private static final String WARM_UP =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/138.0.0.0 Safari/537.36";

  private final UserAgentAnalyzerDirect analyzer;

  private YauaaParser(UserAgentAnalyzerDirect analyzer) {
    this.analyzer = analyzer;
  }

  /** Loads the library and parses one agent, which takes two or three seconds. */
  static YauaaParser load() {
    var parser =
        new YauaaParser(
            UserAgentAnalyzerDirect.newBuilder()
                .hideMatcherLoadStats()
                .dropTests()
                .withFields(
                    UserAgent.DEVICE_CLASS,
                    UserAgent.AGENT_NAME,
                    UserAgent.AGENT_VERSION,
                    UserAgent.OPERATING_SYSTEM_NAME)
                .build());
    parser.parse(WARM_UP);
    return parser;
  }

  @Override
  public AgentFacts parse(String agent) {
    if (!AgentShape.isUsual(agent)) {
      return AgentFacts.NONE;
    }
    try {
      return facts(agent, analyzer.parse(agent));
    } catch (StackOverflowError e) {
      // The grammar is recursive: an agent made to exhaust the stack must not stop the service.
      return AgentFacts.NONE;
    }
  }

  private static AgentFacts facts(String agent, UserAgent parsed) {
    String device = device(parsed.getValue(UserAgent.DEVICE_CLASS));
    return new AgentFacts(
        StandardNames.browser(known(parsed.getValue(UserAgent.AGENT_NAME))),
        known(parsed.getValue(UserAgent.AGENT_VERSION)),
        os(known(parsed.getValue(UserAgent.OPERATING_SYSTEM_NAME)), agent),
        device,
        "bot".equals(device));
  }

  private static @Nullable String known(@Nullable String value) {
    return value == null || value.startsWith("Unknown") || value.equals("??") ? null : value;
  }

  private static @Nullable String device(String deviceClass) {
    return switch (deviceClass) {
      case "Desktop" -> "desktop";
      case "Phone", "Mobile" -> "mobile";
      case "Tablet", "eReader" -> "tablet";
      case "Robot", "Robot Mobile", "Robot Imitator", "Hacker", "Cloud" -> "bot";
      case "Unknown", "Anonymized" -> null;
      // Televisions, consoles, watches, cars, home appliances, virtual reality.
      default -> "other";
    };
  }

  private static @Nullable String os(@Nullable String name, String agent) {
    if ("iOS".equals(name) && agent.contains("iPad")) {
      return "iPadOS";
    }
    return StandardNames.os(name);
  }
}
