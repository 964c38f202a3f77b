"""weir_nightly.py against a cluster of three methods, with stand-ins for Airflow's and Kubernetes' packages."""

import contextlib
import importlib
import io
import sys
import types
import unittest
from types import SimpleNamespace as Bag


class ApiException(Exception):
    def __init__(self, status, reason=""):
        super().__init__(reason)
        self.status = status
        self.reason = reason


class BrokenConnection(Exception):
    """As urllib3 has it: without a status."""


LABELS = {f"app.kubernetes.io/{label}": f"the {label}" for label in ("name", "instance", "component")}


class Cluster:
    """Knows CronJobs, and ends each Job with the given condition at the second look."""

    def __init__(self, end, is_there=False, active=(), faults=()):
        self.end = end
        self.is_there = is_there
        self.active = active
        self.faults = list(faults)
        self.jobs = []
        self.looks = []

    def read_namespaced_cron_job(self, name, namespace, _request_timeout):
        labels = {**LABELS, "app.kubernetes.io/version": "1"}
        spec = Bag(ttl_seconds_after_finished=None, template=f"pod of {name}")
        return Bag(spec=Bag(job_template=Bag(metadata=Bag(labels=labels), spec=spec)))

    def list_namespaced_job(self, namespace, label_selector, _request_timeout):
        assert label_selector == ",".join(f"{label}={value}" for label, value in LABELS.items())
        ended = [Bag(type="SuccessCriteriaMet", status="True"), Bag(type="Complete", status="True")]
        jobs = [Bag(metadata=Bag(name="old"), status=Bag(conditions=ended))]
        return Bag(items=jobs + [Bag(metadata=Bag(name=each), status=Bag(conditions=None)) for each in self.active])

    def create_namespaced_job(self, namespace, job, _request_timeout):
        if self.is_there:
            raise ApiException(409, "Conflict")
        self.jobs.append((namespace, job))

    def read_namespaced_job_status(self, name, namespace, _request_timeout):
        if self.faults:
            raise self.faults.pop(0)
        self.looks.append(name)
        ended = [Bag(type=self.end, status="True", reason="Because", message="of this")]
        return Bag(status=Bag(conditions=ended if len(self.looks) > 1 else None))

    def list_namespaced_pod(self, namespace, label_selector, _request_timeout):
        return Bag(items=[Bag(metadata=Bag(name="pod-1"), status=Bag(phase="Running"))])

    def read_namespaced_pod_log(self, name, namespace, tail_lines, _preload_content, _request_timeout):
        return Bag(data=b"what the program said")


class Task:
    """A task function; called, it is a node that remembers what follows."""

    def __init__(self, function, task_id=""):
        self.function = function
        self.task_id = task_id

    def override(self, task_id):
        return Task(self.function, task_id)

    def __call__(self, cron_job):
        return Node(self.task_id, cron_job)


class Node:
    edges = []

    def __init__(self, task_id, cron_job):
        self.task_id = task_id
        self.cron_job = cron_job

    def __rshift__(self, other):
        for each in other if isinstance(other, list) else [other]:
            Node.edges.append((self.task_id, each.task_id))
        return other


def dag(**options):
    def decorate(function):
        def called():
            function()
            return options

        return called

    return decorate


def load(cluster):
    context = {"run_id": "scheduled__2026-11-30", "ti": Bag(try_number=1)}
    client = Bag(ApiException=ApiException, BatchV1Api=object, CoreV1Api=object, V1Job=Bag, V1ObjectMeta=Bag)
    hook = Bag(batch_v1_client=cluster, core_v1_client=cluster)
    stand_ins = {
        "airflow": {},
        "airflow.exceptions": {"AirflowException": RuntimeError},
        "airflow.providers": {},
        "airflow.providers.cncf": {},
        "airflow.providers.cncf.kubernetes": {},
        "airflow.providers.cncf.kubernetes.hooks": {},
        "airflow.providers.cncf.kubernetes.hooks.kubernetes": {"KubernetesHook": lambda conn_id: hook},
        "airflow.sdk": {
            "dag": dag,
            "get_current_context": lambda: context,
            "task": lambda retries: Task,
        },
        "kubernetes": {"client": client},
        "urllib3": {},
        "urllib3.exceptions": {"HTTPError": BrokenConnection},
    }
    for name, content in stand_ins.items():
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(content)
    sys.modules.pop("weir_nightly", None)
    Node.edges = []
    module = importlib.import_module("weir_nightly")
    module.POLL_SECONDS = 0
    return module


class WeirNightly(unittest.TestCase):
    def run_task(self, cluster, patience=600):
        module = load(cluster)
        module.PATIENCE_SECONDS = patience
        with contextlib.redirect_stdout(io.StringIO()) as out:
            try:
                module.run.function("weir-audit")
            finally:
                self.said = out.getvalue()

    def test_tasks_follow_each_other(self):
        load(Cluster("Complete"))
        self.assertEqual(
            [("maintenance", "audit"), ("audit", "training"), ("audit", "drift")], Node.edges)

    def test_a_job_is_made_of_its_cron_job(self):
        cluster = Cluster("Complete")
        self.run_task(cluster)
        [(namespace, job)] = cluster.jobs
        self.assertEqual("weir", namespace)
        self.assertEqual("pod of weir-audit", job.spec.template)
        self.assertEqual("1", job.metadata.labels["app.kubernetes.io/version"])
        self.assertGreater(job.spec.ttl_seconds_after_finished, 0)
        self.assertIn("what the program said", self.said)

    def test_a_failed_job_fails_its_task_and_shows_its_log(self):
        with self.assertRaisesRegex(RuntimeError, "Because: of this"):
            self.run_task(Cluster("Failed"))
        self.assertIn("what the program said", self.said)

    def test_a_restarted_task_waits_for_the_job_that_is_there(self):
        cluster = Cluster("Complete", is_there=True)
        self.run_task(cluster)
        self.assertEqual([], cluster.jobs)
        self.assertEqual(2, len(cluster.looks))

    def test_a_cleared_task_waits_for_the_job_that_is_active(self):
        cluster = Cluster("Failed", active=["earlier"])
        with self.assertRaisesRegex(RuntimeError, "job earlier: Because"):
            self.run_task(cluster)
        self.assertEqual([], cluster.jobs)
        self.assertEqual(["earlier", "earlier"], cluster.looks)

    def test_faults_that_pass_fail_no_task(self):
        cluster = Cluster("Complete", faults=[ApiException(503), BrokenConnection(), ApiException(401)])
        self.run_task(cluster)
        self.assertEqual(2, len(cluster.looks))

    def test_faults_that_do_not_pass_fail_the_task(self):
        for status in (403, 404):
            with self.assertRaises(ApiException):
                self.run_task(Cluster("Complete", faults=[ApiException(status)]))

    def test_patience_has_an_end(self):
        faults = [BrokenConnection(str(number)) for number in range(3)]
        with self.assertRaisesRegex(BrokenConnection, "0"):
            self.run_task(Cluster("Complete", faults=faults), patience=0)

    def test_names_fit_and_differ_by_attempt(self):
        module = load(Cluster("Complete"))
        long = "w" * 35 + "-lake-maintenance"
        names = {module.job_name(long, run, attempt) for run in ("a", "b") for attempt in (1, 2)}
        self.assertEqual(4, len(names))
        self.assertTrue(all(len(name) <= 63 for name in names))


if __name__ == "__main__":
    unittest.main()
