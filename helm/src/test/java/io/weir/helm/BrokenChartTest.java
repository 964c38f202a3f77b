package io.weir.helm;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Charts with one mistake each: the checks see it. */
class BrokenChartTest {
  private static final String VALUES =
      """
      kafka: {bootstrapServers: "kafka:9092", secrets: [kafka]}
      lake: {warehouse: "s3://lake/weir"}
      mlScoring: {starterModel: demo, autoscaling: {type: keda}}
      streamApp: {goals: "[]", autoscaling: {type: hpa}}
      monitoring:
        podMonitors: {enabled: true}
        rules: {enabled: true}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      textBlock =
          """
          stream-app.yaml ~ podManagementPolicy: Parallel ~ podManagmentPolicy: Parallel ~ podManagmentPolicy
          stream-app.yaml ~ containerPort: 8180 ~ containerPort: "8180" ~ taken as
          stream-app.yaml ~ containerPort: 8180 ~ containerPort: 8181 ~ port http is not that of the pod
          stream-app.yaml ~ serviceName: {{ $name }}-peers ~ serviceName: {{ $name }}-peer ~ has no Service
          stream-app.yaml ~ mountPath: /tmp ~ mountPath: /var/lib/weir ~ mounts two volumes at
          stream-app.yaml ~ name: files ~ name: filez ~ is no volume of it
          stream-app.yaml ~ (list . "stream-app" $stream) | nindent 8 ~ (list . "lake-sink" $stream) | nindent 8 ~ selects the pods of
          stream-app.yaml ~ {{- include "weir.replicas" $stream | nindent 2 }} ~ replicas: 2 ~ has replicas
          stream-app.yaml ~ name: WEIR_STREAM_THREADS ~ name: WEIR_STREAM_STATE_DIR ~ sets WEIR_STREAM_STATE_DIR twice
          stream-app.yaml ~ name: WEIR_STREAM_THREADS ~ name: WEIR_STREAM_PSEUDONYM_KEY ~ is a secret in plain text
          stream-app.yaml ~ kind: ConfigMap ~ kind: Notes ~ is a kind that no test knows
          ml-scoring.yaml ~ name: {{ include "weir.name" . }}-ml-scoring ~ name: {{ include "weir.name" . }}-lake-sink ~ is there twice
          _helpers.tpl ~ path: /ready ~ path: /health ~ readinessProbe asks /health
          _helpers.tpl ~ path: /health ~ path: /ready ~ Probe asks /ready
          _helpers.tpl ~ runAsNonRoot: true ~ runAsNonRoot: false ~ runAsNonRoot is false
          _helpers.tpl ~ runAsUser: 10001 ~ runAsUser: 0 ~ runs as root
          _helpers.tpl ~ allowPrivilegeEscalation: false ~ allowPrivilegeEscalation: true ~ allowPrivilegeEscalation is true
          _helpers.tpl ~ - ALL ~ - NET_RAW ~ capabilities.drop is [NET_RAW]
          _helpers.tpl ~ automountServiceAccountToken: false ~ automountServiceAccountToken: true ~ automountServiceAccountToken is true
          _helpers.tpl ~ targetPort: http ~ targetPort: web ~ port web is not that of the pod
          _helpers.tpl ~ maxUnavailable: 1 ~ maxUnavailable: {} ~ maxUnavailable
          _scaling.tpl ~ kind: {{ .kind }} ~ kind: Deployment ~ which is not there
          _scaling.tpl ~ maxReplicaCount: {{ $scaling.maxReplicas }} ~ maxReplicaCount: "4" ~ maxReplicaCount is no integer
          _scaling.tpl ~ triggers: ~ trigger: ~ triggers is missing
          _scaling.tpl ~ averageUtilization: ~ averageUtilisation: ~ averageUtilisation
          monitoring.yaml ~ - port: management ~ - port: metrics ~ port metrics is not that of the pod
          monitoring.yaml ~ interval: {{ ~ interval: often # {{ ~ interval does not match
          monitoring.yaml ~ podMetricsEndpoints: ~ endpoints: ~ endpoints is unknown
          monitoring.yaml ~ spec:\\n  {{- .Files ~ spec:\\n  rules: []\\n  {{- .Files ~ rules is unknown
          networkpolicy.yaml ~ protocol: UDP ~ protokoll: UDP ~ protokoll
          """)
  void chart_withAMistake_isSeen(String file, String right, String wrong, String complaint)
      throws IOException {
    Path chart = Chart.copy(folder);
    Path template = chart.resolve("templates").resolve(file);
    String whole = Files.readString(template);
    String changed =
        whole.replaceFirst(Pattern.quote(text(right)), Matcher.quoteReplacement(text(wrong)));
    assertThat(changed).isNotEqualTo(whole);
    Files.writeString(template, changed);

    String complaints = complaints(chart);

    assertThat(complaints).contains(complaint);
  }

  private static String text(String given) {
    return given.replace("\\n", "\n");
  }

  private static String complaints(Path chart) {
    var release = new Release(Chart.render(chart, Chart.RELEASE, VALUES));
    var complaints = new ArrayList<String>();
    for (Manifest manifest : release.manifests()) {
      try {
        Kubernetes.check(manifest);
      } catch (IllegalArgumentException e) {
        complaints.add(String.valueOf(e.getMessage()));
      }
    }
    complaints.addAll(problems(release));
    return complaints.stream().collect(joining("\n"));
  }

  private static List<String> problems(Release release) {
    try {
      return Problems.of(release);
    } catch (RuntimeException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
