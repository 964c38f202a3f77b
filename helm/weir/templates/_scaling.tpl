{{/*
What scales a service. Takes (dict "root" . "component" COMPONENT "values" VALUES "kind" KIND "lags" LAGS); LAGS is
a list of (dict "group" … "topic" …).
*/}}
{{- define "weir.scaling" -}}
{{- $root := .root -}}
{{- $scaling := .values.autoscaling -}}
{{- $name := printf "%s-%s" (include "weir.name" $root) .component -}}
{{- if eq $scaling.type "hpa" }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels:
    {{- include "weir.labels" (list $root .component) | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ .kind }}
    name: {{ $name }}
  minReplicas: {{ $scaling.minReplicas }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $scaling.cpuPercent }}
  behavior:
    {{- include "weir.scaling.behavior" $scaling | nindent 4 }}
{{- else if eq $scaling.type "keda" }}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ $name }}
  labels:
    {{- include "weir.labels" (list $root .component) | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ .kind }}
    name: {{ $name }}
  pollingInterval: {{ $root.Values.keda.pollingInterval }}
  minReplicaCount: {{ $scaling.minReplicas }}
  maxReplicaCount: {{ $scaling.maxReplicas }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- include "weir.scaling.behavior" $scaling | nindent 8 }}
  triggers:
    {{- range .lags }}
    - type: kafka
      metadata:
        bootstrapServers: {{ include "weir.kafka.bootstrapServers" $root | quote }}
        consumerGroup: {{ .group | quote }}
        topic: {{ .topic | quote }}
        lagThreshold: {{ $scaling.lag | quote }}
        # A group that has committed nothing yet has everything to read.
        offsetResetPolicy: earliest
        {{- with $root.Values.keda.metadata }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $root.Values.keda.authenticationRef }}
      authenticationRef:
        name: {{ . }}
      {{- end }}
    {{- end }}
{{- end }}
{{- end }}

{{/* One instance more a minute; one less, if that was enough for long. Each change moves state. */}}
{{- define "weir.scaling.behavior" -}}
scaleUp:
  stabilizationWindowSeconds: 60
  policies:
    - type: Pods
      value: 1
      periodSeconds: 60
scaleDown:
  stabilizationWindowSeconds: {{ .scaleDownSeconds }}
  policies:
    - type: Pods
      value: 1
      periodSeconds: 600
{{- end }}
