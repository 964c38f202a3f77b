{{/* A quantity such as 1.5Gi as whole mebibytes, rounded up. */}}
{{- define "weir.mebibytes" -}}
{{- $units := dict
  "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15
  "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 -}}
{{- $bytes := mulf (regexFind "^[0-9.]+" . | float64) (get $units (regexFind "[A-Za-z]*$" .)) -}}
{{ divf $bytes 1048576.0 | ceil | int64 }}
{{- end }}

{{/*
Requests and limits of a container that is alone in its pod. Unless they name the node's disk, the limit is the room of
the pod's empty folders and 512Mi for logs. Takes (list $ RESOURCES SIZE...), a size for each empty folder.
*/}}
{{- define "weir.resources" -}}
{{- $room := 512 -}}
{{- range slice . 2 }}{{ $room = add $room (include "weir.mebibytes" . | int64) }}{{ end -}}
{{- $resources := deepCopy (index . 1 | default dict) -}}
{{- $disk := "ephemeral-storage" -}}
{{- $isNamed := or (hasKey ($resources.requests | default dict) $disk) (hasKey ($resources.limits | default dict) $disk) -}}
{{- if and (index . 0).Values.diskRequests (not $isNamed) -}}
{{- $resources = merge $resources (dict "requests" (dict $disk "256Mi") "limits" (dict $disk (printf "%dMi" $room))) -}}
{{- end -}}
{{ toYaml $resources }}
{{- end }}

{{/*
What kube-score would say of an object and the chart means as it is; docs/kubernetes.md has the reasons.
Takes a list of its checks.
*/}}
{{- define "weir.score" -}}
kube-score/ignore: {{ join "," . }}
{{- end }}
