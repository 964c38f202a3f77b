"""The nightly jobs of Weir in Airflow 3: maintenance, then the audit, then training and drift.

Each task starts one of the chart's CronJobs as a Job and waits for its end. Image, settings, secrets and rights of a
job stand in the chart alone. helm/examples/README.md says how to install this file.
"""

import hashlib
import os
import time
from datetime import datetime, timedelta

from airflow.exceptions import AirflowException
from airflow.providers.cncf.kubernetes.hooks.kubernetes import KubernetesHook
from airflow.sdk import dag, get_current_context, task
from kubernetes import client
from urllib3.exceptions import HTTPError

NAMESPACE = os.environ.get("WEIR_NAMESPACE", "weir")
# The beginning of the names of the release's objects: RELEASE, or RELEASE-weir if RELEASE has no "weir" in it.
NAME = os.environ.get("WEIR_NAME", "weir")
CONNECTION = os.environ.get("WEIR_CONNECTION", "kubernetes_default")
POLL_SECONDS = 10
KEEP_SECONDS = 7 * 24 * 3600
PATIENCE_SECONDS = 600
FAULTS = (client.ApiException, HTTPError)
# Errors that asking again does not mend.
FINAL = (400, 403, 404, 409, 422)
# What the jobs of one CronJob of one release have in common; the others have the version in them.
LABELS = ("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component")


def job_name(cron_job: str, run_id: str, attempt: int) -> str:
    """The same for the same attempt, so that a task which is restarted finds its job."""
    run = hashlib.sha256(run_id.encode()).hexdigest()[:8]
    return f"{cron_job[:46]}-{run}-{attempt}"


def ask(call, *arguments, **options):
    """An API server that starts anew, or a connection that breaks, does not end the night."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return call(*arguments, _request_timeout=60, **options)
        except FAULTS as e:
            if getattr(e, "status", None) in FINAL or time.monotonic() >= deadline:
                raise
            print(f"the cluster gave no answer ({getattr(e, 'status', None) or e}): asking again")
        time.sleep(POLL_SECONDS)


def end_of(job):
    """The condition that ended the job; None while it is active."""
    for condition in job.status.conditions or []:
        if condition.type in ("Complete", "Failed") and condition.status == "True":
            return condition
    return None


def start(batch: client.BatchV1Api, cron_job: str, name: str) -> str:
    """The name of the job to wait for: one that is active already, or a new one."""
    template = ask(batch.read_namespaced_cron_job, cron_job, NAMESPACE).spec.job_template
    same = ",".join(f"{label}={template.metadata.labels[label]}" for label in LABELS)
    for job in ask(batch.list_namespaced_job, NAMESPACE, label_selector=same).items:
        if not end_of(job):
            print(f"job {job.metadata.name} runs already: waiting for it")
            return job.metadata.name
    spec = template.spec
    # The history limits of a CronJob count only the Jobs that it started itself.
    spec.ttl_seconds_after_finished = KEEP_SECONDS
    job = client.V1Job(metadata=client.V1ObjectMeta(name=name, labels=template.metadata.labels), spec=spec)
    try:
        ask(batch.create_namespaced_job, NAMESPACE, job)
    except client.ApiException as e:
        if e.status != 409:
            raise
        print(f"job {name} is there already")
    return name


def outcome(batch: client.BatchV1Api, name: str):
    """The condition that ended the job. The job's own activeDeadlineSeconds bounds the waiting."""
    while True:
        end = end_of(ask(batch.read_namespaced_job_status, name, NAMESPACE))
        if end:
            return end
        time.sleep(POLL_SECONDS)


def print_logs(core: client.CoreV1Api, name: str) -> None:
    try:
        pods = ask(core.list_namespaced_pod, NAMESPACE, label_selector=f"batch.kubernetes.io/job-name={name}").items
    except FAULTS as e:
        print(f"the pods of {name} cannot be listed: {e}")
        return
    for pod in pods:
        print(f"== {pod.metadata.name}: {pod.status.phase}")
        try:
            # Else some versions of the client give the text of a Python literal.
            log = ask(
                core.read_namespaced_pod_log, pod.metadata.name, NAMESPACE, tail_lines=200, _preload_content=False)
            print(log.data.decode(errors="replace"))
        except FAULTS as e:
            print(f"its log cannot be read: {e}")


# No retries: a job has its own, and the next night looks at the same data again.
@task(retries=0)
def run(cron_job: str) -> None:
    context = get_current_context()
    hook = KubernetesHook(conn_id=CONNECTION)
    new = job_name(cron_job, context["run_id"], context["ti"].try_number)
    name = start(hook.batch_v1_client, cron_job, new)
    condition = outcome(hook.batch_v1_client, name)
    print_logs(hook.core_v1_client, name)
    if condition.type == "Failed":
        raise AirflowException(f"job {name}: {condition.reason}: {condition.message}")


@dag(
    schedule="23 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    tags=["weir"],
)
def weir_nightly():
    maintenance = run.override(task_id="maintenance")(f"{NAME}-lake-maintenance")
    audit = run.override(task_id="audit")(f"{NAME}-audit")
    training = run.override(task_id="training")(f"{NAME}-training")
    drift = run.override(task_id="drift")(f"{NAME}-drift")
    # A lake whose books do not balance trains no model.
    maintenance >> audit >> [training, drift]


weir_nightly()
