"""What one call of a program costs: wall clock, processor time and peak memory, its children included."""

import os
import statistics
import subprocess
import tempfile
import time

CLEAN = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "USER": "operator", "HOME": "/nonexistent",
         "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}


class Cost:
    """Seconds and bytes; `text` is what the program printed."""

    def __init__(self, wall, processor, peak, text=""):
        self.wall, self.processor, self.peak, self.text = wall, processor, peak, text


def run(*command, codes=(0,), folder=None, given=None):
    """Runs a command and raises when it ends with another code than expected."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaint:
        began = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], cwd=folder, env=CLEAN, stdout=answer,
                                   stderr=complaint, stdin=given or subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        answer.seek(0)
        complaint.seek(0)
        if process.returncode not in codes:
            raise RuntimeError(f"{' '.join(map(str, command))}: ended with {process.returncode}\n"
                               + complaint.read().decode()[-2000:])
        return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, answer.read().decode())


def median(costs):
    """The median of each figure; the text of the last."""
    return Cost(*(statistics.median(getattr(each, name) for each in costs) for name in ("wall", "processor", "peak")),
                costs[-1].text)


def bytes_in(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
