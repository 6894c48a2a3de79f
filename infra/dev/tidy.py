"""Runs clang-tidy over the product, the files of a module at once: nine tenths of the time go into headers.

    python3 infra/dev/tidy.py BUILD JOBS [PATTERN]     BUILD is configured for clang++; PATTERN limits the paths

Files of one module are included by one source, as long as their private names don't collide; a group that does not
compile is halved until it does. Prints each finding once; ends with 1 when there is one.
"""

import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys

BUILD, JOBS = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
PATTERN = re.compile(sys.argv[3] if len(sys.argv) > 3 else "")
ROOT = pathlib.Path(__file__).resolve().parents[2]
LARGEST = 12
FINDING = re.compile(r"^(/[^:]+:\d+:\d+): (?:warning|error): .*\[[\w.,*-]+\]$")
# Its finding is this script's own way of working.
CHECKS = "-bugprone-suspicious-include"


def flags_of(entry):
    """Compiler and options without launcher, input and output."""
    words = shlex.split(entry["command"])
    words = words[next(i for i, word in enumerate(words) if word.endswith("clang++")):]
    output = words.index("-o")
    del words[output:output + 2]
    return tuple(words[:words.index("-c")])


def groups():
    """Sources of the product by module, and how each is compiled."""
    modules = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        if file.is_relative_to(ROOT / "src") and PATTERN.search(str(file)):
            modules.setdefault((file.parent, flags_of(entry)), []).append(file)
    for (_, flags), files in sorted(modules.items(), key=lambda item: item[0]):
        files.sort()
        count = -(-len(files) // LARGEST)
        for part in range(count):
            yield flags, files[part * len(files) // count:(part + 1) * len(files) // count]


def run(*command):
    return subprocess.run(command, cwd=BUILD, capture_output=True, text=True)


def compiles(flags, source):
    return run(*flags, "-fsyntax-only", "-w", str(source)).returncode == 0


def findings(flags, files):
    """What clang-tidy says about the files, line by line."""
    source = files[0]
    if len(files) > 1:
        text = "".join(f'#include "{file}"\n' for file in files)
        source = BUILD / "tidy" / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.cpp"
        source.write_text(text)
        if not compiles(flags, source):
            middle = len(files) // 2
            return findings(flags, files[:middle]) + findings(flags, files[middle:])
    outcome = run("clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}", f"--checks={CHECKS}", str(source),
                  "--", *flags[1:])
    lines = [line for line in outcome.stdout.splitlines() if FINDING.match(line)]
    if outcome.returncode != 0 and not lines:
        return [f"{source}: clang-tidy ended with {outcome.returncode}: {outcome.stderr.strip()[-500:]}"]
    return lines


def main():
    (BUILD / "tidy").mkdir(exist_ok=True)
    seen, files = set(), 0
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        waiting = {pool.submit(findings, *group): len(group[1]) for group in groups()}
        for done in concurrent.futures.as_completed(waiting):
            files += waiting[done]
            for line in done.result():
                if line not in seen:
                    print(line, flush=True)
                seen.add(line)
    print(f"clang-tidy: {files} files, {len(seen)} findings")
    return 1 if seen or not files else 0


sys.exit(main())
