{{/* All ports of addresses such as a:1,b:2 or http://c:3/d, as a list; without any, the fallback. */}}
{{- define "weir.ports" -}}
{{- $found := list -}}
{{- range regexFindAll ":[0-9]+([,/]|$)" .text -1 -}}
{{- $found = append $found (regexFind "[0-9]+" . | int) -}}
{{- end -}}
{{- if not $found }}{{ $found = .fallback }}{{ end -}}
{{- uniq $found | toJson -}}
{{- end }}

{{/* The ports where a login to Kafka gets its tokens: OAuth's server, or Amazon. */}}
{{- define "weir.token.ports" -}}
{{- $settings := .Values.kafka.settings -}}
{{- $auth := get $settings "WEIR_KAFKA_AUTH" -}}
{{- $url := get $settings "WEIR_KAFKA_OAUTH_TOKEN_URL" -}}
{{- $ports := list -}}
{{- if eq $auth "msk-iam" }}{{ $ports = list 443 }}{{ end -}}
{{- if and (eq $auth "oauth") (not (hasPrefix "file:" $url)) -}}
{{- $fallback := ternary (list 80) (list 443) (hasPrefix "http:" $url) -}}
{{- $ports = include "weir.ports" (dict "text" (regexReplaceAll "^(https?://[^/]*).*" $url "${1}") "fallback" $fallback) | fromJsonArray -}}
{{- end -}}
{{- $ports | toJson -}}
{{- end }}

{{/* The ports of what ingest's own settings lead to: another cluster, and each address of http such as a registry's. */}}
{{- define "weir.ingest.ports" -}}
{{- $ports := list -}}
{{- range $name, $value := .Values.ingest.settings -}}
{{- if eq $name "WEIR_INGEST_SOURCE_BOOTSTRAP_SERVERS" -}}
{{- $ports = concat $ports (include "weir.ports" (dict "text" $value "fallback" (list 9092)) | fromJsonArray) -}}
{{- else if regexMatch "^https?://" (toString $value) -}}
{{- $fallback := ternary (list 80) (list 443) (hasPrefix "http:" $value) -}}
{{- $ports = concat $ports (include "weir.ports" (dict "text" (regexReplaceAll "^(https?://[^/]*).*" $value "${1}") "fallback" $fallback) | fromJsonArray) -}}
{{- end -}}
{{- end -}}
{{- uniq $ports | toJson -}}
{{- end }}

{{/* The ports behind the lake's addresses. */}}
{{- define "weir.lake.ports" -}}
{{- $lake := .Values.lake -}}
{{- $ports := list -}}
{{- $settings := merge (dict) .Values.lakeSink.settings $lake.settings -}}
{{- $addresses := list $lake.warehouse (get $settings "WEIR_SINK_HADOOP_FS_S3A_ENDPOINT") (get $settings "WEIR_SINK_CATALOG_URI") -}}
{{- range $addresses -}}
{{- if regexMatch "^[a-z0-9]+://" . -}}
{{- $fallback := list 443 -}}
{{- if hasPrefix "http://" . }}{{ $fallback = list 80 }}{{ end -}}
{{- if hasPrefix "hdfs://" . }}{{ $fallback = list 8020 }}{{ end -}}
{{- $ports = concat $ports (include "weir.ports" (dict "text" (regexReplaceAll "^([a-z0-9]+://[^/]*).*" . "${1}") "fallback" $fallback) | fromJsonArray) -}}
{{- /* The data nodes. */ -}}
{{- if hasPrefix "hdfs://" . }}{{ $ports = append $ports 9866 }}{{ end -}}
{{- end -}}
{{- end -}}
{{- uniq $ports | toJson -}}
{{- end }}

{{/* A policy of egress. Takes (dict "root" . "name" NAME "components" LIST "to" PEERS "ports" LIST). */}}
{{- define "weir.egress" -}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "weir.name" .root }}-{{ .name }}
  labels:
    {{- include "weir.labels" (list .root "network") | nindent 4 }}
spec:
  podSelector:
    {{- include "weir.podsOf" (list .root .components) | nindent 4 }}
  policyTypes:
    - Egress
  egress:
    - ports:
        {{- range .ports }}
        - protocol: TCP
          port: {{ . }}
        {{- end }}
      {{- with .to }}
      to:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{ end }}

{{/* A policy of ingress. Takes (dict "root" . "name" NAME "components" LIST "from" PEERS "ports" LIST). */}}
{{- define "weir.ingress" -}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "weir.name" .root }}-{{ .name }}
  labels:
    {{- include "weir.labels" (list .root "network") | nindent 4 }}
spec:
  podSelector:
    {{- include "weir.podsOf" (list .root .components) | nindent 4 }}
  policyTypes:
    - Ingress
  ingress:
    - ports:
        {{- range .ports }}
        - protocol: TCP
          port: {{ . }}
        {{- end }}
      from:
        {{- toYaml .from | nindent 8 }}
{{ end }}

{{/* Takes (list . COMPONENTS). */}}
{{- define "weir.podsOf" -}}
matchLabels:
  app.kubernetes.io/name: weir
  app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
matchExpressions:
  - key: app.kubernetes.io/component
    operator: In
    values:
      {{- range index . 1 }}
      - {{ . }}
      {{- end }}
{{- end }}
