"""The Kubernetes manifests: read as YAML everywhere, and built by kustomize where kubectl is installed."""

import os
import re
import shutil
import subprocess
import unittest

import common

try:
    import yaml
except ImportError:
    common.skip_all("python3-yaml is not installed")

KUBERNETES = common.ROOT / "infra/kubernetes"


def load(path):
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def documents_of(folder):
    """The resources that a kustomization names, by kind and name, without what kustomize changes."""
    found = {}
    for name in load(folder / "kustomization.yaml")[0]["resources"]:
        path = (folder / name).resolve()
        loaded = documents_of(path).values() if path.is_dir() else load(path)
        for document in loaded:
            found[document["kind"], document["metadata"]["name"]] = document
    return found


def pod_specs():
    prod = documents_of(KUBERNETES / "overlays/prod")
    init = documents_of(KUBERNETES / "init")
    yield "run", prod["CronJob", "gridexit"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    yield "init", init["Job", "gridexit-init"]["spec"]["template"]["spec"]


def sweep_jobs():
    sweep = documents_of(KUBERNETES / "sweep")
    merge = documents_of(KUBERNETES / "sweep/merge")
    return sweep["Job", "gridexit-sweep"]["spec"], merge["Job", "gridexit-sweep-merge"]["spec"]


def all_pod_specs():
    yield from pod_specs()
    for name, job in zip(("sweep", "merge"), sweep_jobs()):
        yield name, job["template"]["spec"]


class CronJob(unittest.TestCase):
    def setUp(self):
        self.documents = documents_of(KUBERNETES / "overlays/prod")
        self.cron = self.documents["CronJob", "gridexit"]["spec"]
        self.job = self.cron["jobTemplate"]["spec"]

    def test_starts_hourly_a_few_minutes_after_the_bar_closed(self):
        minute, *rest = self.cron["schedule"].split()
        self.assertEqual(rest, ["*"] * 4)
        self.assertTrue(1 <= int(minute) <= 10, minute)
        self.assertEqual(self.cron["timeZone"], "Etc/UTC")

    def test_runs_never_overlap_nor_block_the_next_hour(self):
        self.assertEqual(self.cron["concurrencyPolicy"], "Forbid")
        self.assertTrue(600 <= self.cron["startingDeadlineSeconds"] <= 1800)
        attempts = self.job["backoffLimit"] + 1
        self.assertGreaterEqual(self.job["activeDeadlineSeconds"], attempts * 300)
        self.assertLess(self.job["activeDeadlineSeconds"], 3600)
        self.assertGreater(self.cron["failedJobsHistoryLimit"], 0)

    def test_only_failures_that_an_attempt_can_mend_are_repeated(self):
        rules = self.job["podFailurePolicy"]["rules"]
        codes = [code for rule in rules if rule["action"] == "FailJob" for code in rule["onExitCodes"]["values"]]
        self.assertEqual(codes, [2, 3, 5])
        container = self.job["template"]["spec"]["containers"][0]["name"]
        for rule in rules:
            self.assertEqual(rule.get("onExitCodes", {}).get("containerName", container), container)
        self.assertIn({"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}, rules)
        # The API refuses a policy with any other values here.
        self.assertEqual(self.job["template"]["spec"]["restartPolicy"], "Never")
        self.assertEqual(self.job["podReplacementPolicy"], "Failed")

    def test_sigterm_is_given_the_time_that_the_program_needs(self):
        self.assertGreater(self.job["template"]["spec"]["terminationGracePeriodSeconds"], 10)

    def test_an_evaluation_does_not_wait_for_secrets(self):
        pod = self.job["template"]["spec"]
        for source in pod["containers"][0]["envFrom"]:
            if "secretRef" in source:
                self.assertIs(source["secretRef"]["optional"], True)
        for volume in pod["volumes"]:
            if "secret" in volume:
                self.assertIs(volume["secret"]["optional"], True)


class Pods(unittest.TestCase):
    def test_meet_the_restricted_standard(self):
        for name, pod in all_pod_specs():
            with self.subTest(name):
                self.assertIs(pod["automountServiceAccountToken"], False)
                self.assertIs(pod["securityContext"]["runAsNonRoot"], True)
                self.assertEqual(pod["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
                for container in pod["containers"]:
                    context = container["securityContext"]
                    self.assertIs(context["allowPrivilegeEscalation"], False)
                    self.assertIs(context["readOnlyRootFilesystem"], True)
                    self.assertEqual(context["capabilities"], {"drop": ["ALL"]})
                    self.assertIn("memory", container["resources"]["limits"])
                kinds = {kind for volume in pod["volumes"] for kind in volume if kind != "name"}
                self.assertLessEqual(kinds, {"persistentVolumeClaim", "emptyDir", "secret", "configMap"})
        namespace = documents_of(KUBERNETES / "overlays/prod")["Namespace", "gridexit"]
        self.assertEqual(namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"], "restricted")

    def test_run_as_the_user_of_the_image(self):
        dockerfile = (common.ROOT / "Dockerfile").read_text()
        uid, gid = re.search(r"^USER (\d+):(\d+)$", dockerfile, re.M).groups()
        for name, pod in all_pod_specs():
            with self.subTest(name):
                self.assertEqual(pod["securityContext"]["runAsUser"], int(uid))
                self.assertEqual(pod["securityContext"]["runAsGroup"], int(gid))
                self.assertEqual(pod["securityContext"]["fsGroup"], int(gid))

    def test_have_a_writable_home_temporary_folder_and_volume(self):
        for name, pod in pod_specs():
            with self.subTest(name):
                container = pod["containers"][0]
                mounts = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]
                          if not mount.get("readOnly")}
                home = next(entry["value"] for entry in container["env"] if entry["name"] == "HOME")
                self.assertLessEqual({home, "/tmp", "/data"}, mounts.keys())
                volumes = {volume["name"] for volume in pod["volumes"]}
                self.assertEqual({mount["name"] for mount in container["volumeMounts"]}, volumes)

    def test_use_the_same_claim_repository_and_key(self):
        documents = documents_of(KUBERNETES / "overlays/prod")
        settings = load(KUBERNETES / "base/kustomization.yaml")[0]["configMapGenerator"][0]["literals"]
        path = dict(line.split("=", 1) for line in settings)["MARKET_MAKER_REPOSITORY_BASE_PATH"]
        for name, pod in pod_specs():
            with self.subTest(name):
                volumes = {volume["name"]: volume for volume in pod["volumes"]}
                self.assertIn(("PersistentVolumeClaim", volumes["data"]["persistentVolumeClaim"]["claimName"]), documents)
                self.assertIn(("ExternalSecret", volumes["ssh"]["secret"]["secretName"]), documents)
                self.assertEqual(volumes["ssh"]["secret"]["defaultMode"], 0o440)
                self.assertIn(("ServiceAccount", pod["serviceAccountName"]), documents)
        init = dict(pod_specs())["init"]["containers"][0]["args"]
        self.assertEqual(init[init.index("--repo") + 1], path)
        self.assertTrue(path.startswith("/data/"), "the mount point itself belongs to root")


class Sweep(unittest.TestCase):
    def setUp(self):
        self.documents = documents_of(KUBERNETES / "sweep")
        self.sweep, self.merge = sweep_jobs()
        self.container = self.sweep["template"]["spec"]["containers"][0]

    def test_every_index_does_a_part_and_all_of_them_are_the_whole(self):
        self.assertEqual(self.sweep["completionMode"], "Indexed")
        counts = [entry["value"] for entry in self.container["env"] if entry["name"] == "SHARD_COUNT"]
        self.assertEqual(counts, [str(self.sweep["completions"])])
        args = self.container["args"]
        self.assertEqual(args[args.index("--shard") + 1], "auto")

    def test_a_part_that_a_person_must_mend_ends_the_job(self):
        rules = self.sweep["podFailurePolicy"]["rules"]
        codes = [code for rule in rules if rule["action"] == "FailJob" for code in rule["onExitCodes"]["values"]]
        self.assertEqual(codes, [2, 3, 4])
        # The API refuses a policy with any other values here.
        self.assertEqual(self.sweep["template"]["spec"]["restartPolicy"], "Never")
        self.assertEqual(self.sweep["podReplacementPolicy"], "Failed")

    def test_the_merge_reads_where_the_parts_were_written(self):
        out = self.container["args"][self.container["args"].index("--out") + 1]
        self.assertTrue(out.endswith("/"), "a folder, where each part names itself")
        merge = self.merge["template"]["spec"]["containers"][0]
        self.assertIn(f"backtest merge {out}*.json", merge["args"][0])
        claims = [pod["volumes"][0]["persistentVolumeClaim"]["claimName"]
                  for pod in (job["template"]["spec"] for job in (self.sweep, self.merge))]
        self.assertEqual(claims, ["gridexit-sweep"] * 2)
        claim = self.documents["PersistentVolumeClaim", "gridexit-sweep"]["spec"]
        self.assertEqual(claim["accessModes"], ["ReadWriteMany"])
        for container in (self.container, merge):
            self.assertEqual([mount["mountPath"] for mount in container["volumeMounts"]], ["/sweep"])

    def test_it_talks_to_nobody_and_stays_away_from_the_records(self):
        policy = self.documents["NetworkPolicy", "gridexit-sweep"]["spec"]
        self.assertEqual(sorted(policy["policyTypes"]), ["Egress", "Ingress"])
        self.assertFalse({"ingress", "egress"} & policy.keys())
        for folder in ("sweep", "sweep/merge"):
            labels = load(KUBERNETES / folder / "kustomization.yaml")[0]["labels"][0]
            self.assertEqual(labels["pairs"], policy["podSelector"]["matchLabels"])
            self.assertIs(labels["includeTemplates"], True)

    def test_its_backtest_is_one_that_the_program_takes(self):
        program = os.environ.get("GRIDEXIT_BINARY", "")
        if not os.access(program, os.X_OK):
            self.skipTest("GRIDEXIT_BINARY does not name the built program")
        environment = {"JOB_COMPLETION_INDEX": "7", "SHARD_COUNT": "8"}
        ran = subprocess.run([program, *self.container["args"]], env=environment, capture_output=True, text=True)
        # Everything is accepted but the candle files, which are not here.
        self.assertEqual(ran.returncode, 4, ran.stderr)


class Surroundings(unittest.TestCase):
    def setUp(self):
        self.documents = documents_of(KUBERNETES / "overlays/prod")

    def test_one_pod_at_a_time_has_the_volume(self):
        claim = self.documents["PersistentVolumeClaim", "gridexit-data"]
        self.assertEqual(claim["spec"]["accessModes"], ["ReadWriteOncePod"])
        self.assertIn("Prune=false", claim["metadata"]["annotations"]["argocd.argoproj.io/sync-options"])

    def test_secrets_come_from_outside(self):
        self.assertFalse([key for key in self.documents if key[0] == "Secret"])
        for name in ("gridexit-secrets", "gridexit-ssh"):
            secret = self.documents["ExternalSecret", name]
            self.assertEqual(secret["apiVersion"], "external-secrets.io/v1")
            self.assertEqual(secret["spec"]["target"]["name"], name)

    def test_every_secret_has_its_place(self):
        readme = (common.ROOT / "README.md").read_text()
        named = (KUBERNETES / "base/external-secret.yaml").read_text()
        rows = [row for row in readme.splitlines() if row.startswith("| `") and re.search(r"\| secrets?[,:]", row)]
        secrets = {name for row in rows for name in re.findall("`([A-Z_]+)`", row.split("|")[1])}
        self.assertLessEqual({"GIT_TOKEN", "PUSHOVER_USER", "HEARTBEAT_URL"}, secrets)
        # The remote's key is mounted as a file.
        for secret in secrets - {"GIT_SSH_KEY"}:
            self.assertRegex(named, rf"\b{secret}\b")

    def test_nothing_comes_in_and_private_networks_stay_closed(self):
        policy = self.documents["NetworkPolicy", "gridexit"]["spec"]
        self.assertEqual(sorted(policy["policyTypes"]), ["Egress", "Ingress"])
        self.assertNotIn("ingress", policy)
        ports = {port["port"] for rule in policy["egress"] for port in rule["ports"]}
        self.assertEqual(ports, {22, 53, 443, 4318})
        block = next(peer["ipBlock"] for rule in policy["egress"] for peer in rule["to"] if "ipBlock" in peer)
        self.assertLessEqual({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"}, set(block["except"]))


@unittest.skipUnless(shutil.which("kubectl"), "kubectl is not installed")
class Kustomize(unittest.TestCase):
    def build(self, folder):
        text = subprocess.run(["kubectl", "kustomize", KUBERNETES / folder], check=True, capture_output=True,
                              text=True).stdout
        return {(document["kind"], document["metadata"]["name"]): document
                for document in yaml.safe_load_all(text)}

    def test_builds_the_overlay(self):
        built = self.build("overlays/prod")
        cron = built["CronJob", "gridexit"]
        pod = cron["spec"]["jobTemplate"]["spec"]["template"]
        self.assertEqual(cron["metadata"]["namespace"], "gridexit")
        self.assertEqual(pod["metadata"]["labels"]["app.kubernetes.io/name"], "gridexit")
        self.assertRegex(pod["spec"]["containers"][0]["image"], r":\d+\.\d+\.\d+$|@sha256:")
        reference = pod["spec"]["containers"][0]["envFrom"][0]["configMapRef"]["name"]
        self.assertIn(("ConfigMap", reference), built)
        self.assertNotEqual(reference, "gridexit-environment", "the name carries the content's hash")

    def test_builds_the_init_job(self):
        self.assertIn(("Job", "gridexit-init"), self.build("init"))

    def test_builds_the_sweep_and_its_merge(self):
        job = self.build("sweep")["Job", "gridexit-sweep"]
        self.assertEqual(job["metadata"]["namespace"], "gridexit")
        self.assertEqual(job["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"], "gridexit-sweep")
        self.assertIn(("Job", "gridexit-sweep-merge"), self.build("sweep/merge"))


if __name__ == "__main__":
    common.main()
