{{/* The release's name, "weir" in it; short enough for the names of CronJobs (52). */}}
{{- define "weir.name" -}}
{{- $name := ternary .Release.Name (printf "%s-weir" .Release.Name) (contains "weir" .Release.Name) -}}
{{- $name | trunc 35 | trimSuffix "-" -}}
{{- end }}

{{/* What a selector may rely on. Takes (list . COMPONENT). */}}
{{- define "weir.selectorLabels" -}}
app.kubernetes.io/name: weir
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* Takes (list . COMPONENT). */}}
{{- define "weir.labels" -}}
{{- $root := index . 0 -}}
{{ include "weir.selectorLabels" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* Takes (list . MODULE). */}}
{{- define "weir.image" -}}
{{- $root := index . 0 -}}
{{- $image := $root.Values.image -}}
{{ printf "%s/%s:%s" $image.repository (index . 1) ($image.tag | default $root.Chart.AppVersion) }}
{{- end }}

{{/* What all pods have in common. */}}
{{- define "weir.pod" -}}
automountServiceAccountToken: false
# Else a Service called weir-sink would put WEIR_SINK_PORT into the environment.
enableServiceLinks: false
{{- with .Values.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* What all containers have in common. */}}
{{- define "weir.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{/* A map of settings as variables; secrets and what has a value of its own are refused. */}}
{{- define "weir.settings" -}}
{{- $own := dict "WEIR_POSTGRES_URL" "postgres.url" "WEIR_POSTGRES_USER" "postgres.user" "WEIR_SINK_WAREHOUSE" "lake.warehouse" -}}
{{- range $name, $value := . -}}
{{- if regexMatch "PASSWORD|SECRET|JAAS|_KEY(_|$)|(CREDENTIAL|TOKEN|AUTHORIZATION)$" $name -}}
{{- fail (printf "%s among the settings is a secret: put it into an existing Secret, and name that in lake.secrets or postgres.passwordSecret" $name) -}}
{{- end -}}
{{- if hasKey $own $name -}}
{{- fail (printf "%s among the settings: set %s instead" $name (get $own $name)) -}}
{{- end }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
