"""Mutation testing by sample: do the tests notice when the code is wrong? `python -m benchmarks.mutation AREA [--mutants 40] [--seed 1]`.

A mutant is a module with one small fault: a comparison, `and`/`or`, `any`/`all`, `min`/`max` or `+`/`-` swapped, a whole number one more,
a flag turned, a `not` or a statement left out. On each, in a temporary copy of the tree, the tests of its area run (without `--marks` those
that need neither the spaCy pipeline nor a browser) up to the first that fails. A mutant that survives shows a missing test, pointless code,
or a fault that makes no difference. The draw depends on the words of the mutants, not on their lines: after a change most are the same.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
#: Folders of `quotes` that are mutated, and of `tests` that have their tests; further files of tests.
AREAS = {
    "linking": ["linking"],
    "speakers": ["nlp/speakers", "nlp/coreference", "nlp/titles/test_affiliations.py", "nlp/rules/test_interviews.py"],
    "retrieval": ["store/retrieval", "publish/test_downloads.py", "publish/test_plans.py"],
    "rows": ["store/rows", "store/schema", "store/corrections/test_corrections.py"],
    "publish": ["publish"],
}
#: Limits for a mutant that never ends, which counts as found: seconds of one test, bytes.
SECONDS, MEMORY = 600, 8 << 30
_SWAPPED: dict[type, type] = {ast.Eq: ast.NotEq, ast.Is: ast.IsNot, ast.In: ast.NotIn, ast.And: ast.Or, ast.Add: ast.Sub}
_SWAPPED |= {new: old for old, new in _SWAPPED.items()} | {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}


class Mutant(NamedTuple):
    """A fault in a module; `told` says in which function, and what stands there instead of what."""

    module: str
    line: int
    told: str
    tree: ast.AST
    node: ast.AST
    faulty: ast.AST

    def rank(self, seed: int) -> str:
        """Its place in the draw."""
        return hashlib.sha256(f"{seed} {self.module} {self.told}".encode()).hexdigest()

    def source(self) -> str:
        """The module with the fault in it."""
        return ast.unparse(copy.deepcopy(self.tree, {id(self.node): self.faulty}))


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for function, node in _nodes(tree, ""):
        for faulty in _faults(node):
            before, after = (" ".join(ast.unparse(each).split())[:100] for each in (node, faulty))
            told = f"{function or 'module'}: {before} → {after}"
            seen[told] += 1
            yield Mutant(module, getattr(node, "lineno", 0), f"{told} ({seen[told]})", tree, node, faulty)


def _nodes(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """The nodes below one, each with the function that it stands in; annotations are not run, and decorators cache."""
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in ("annotation", "returns", "decorator_list"):
                inside = f"{function}.{getattr(child, 'name', '') or ''}".strip(".")
                yield inside, child
                yield from _nodes(child, inside)


def _faults(node: Any) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _SWAPPED:
            yield ast.Compare(node.left, [_SWAPPED[type(operator)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(_SWAPPED[type(node.op)](), node.values)
        case ast.BinOp() if type(node.op) in _SWAPPED:
            yield ast.BinOp(node.left, _SWAPPED[type(node.op)](), node.right)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool(flag)):
            yield ast.Constant(not flag)
        case ast.Constant(value=int(number)):
            yield ast.Constant(number + 1)
        case ast.Name(id=name) if name in _CALLED:
            yield ast.Name(_CALLED[name])
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break() | ast.If(body=[ast.Return()], orelse=[]):
            yield ast.Pass()


def passes(copied: Path, area: str, marks: str, module: str = "") -> bool:
    """Whether the tests of an area pass in the copied tree: first those of the module, then those in which it is named."""
    name = Path(module).stem
    places = (copied / "tests" / each for each in AREAS[area])
    tests = [path for place in places for path in (place, *place.rglob("test_*.py")) if path.suffix]
    tests.sort(key=lambda path: (path.stem != f"test_{name}", name not in path.read_text("utf-8"), path))
    flags = ["-xq", "-m", marks, "-o", f"faulthandler_timeout={SECONDS}", "-o", "faulthandler_exit_on_timeout=true"]
    # No compiled files: they know their source by its size and second, and the next mutant may have the same.
    environment = {**os.environ, "PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"}
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (MEMORY, MEMORY))
    command = [sys.executable, "-m", "pytest", *flags, *map(str, tests)]
    return subprocess.run(command, cwd=copied, env=environment, preexec_fn=limit, capture_output=True).returncode == 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the mutants, run the tests on each, and print how many were killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--mutants", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--marks", default="not model and not browser", help="which of the tests run, as in pytest -m")
    options = parser.parse_args(arguments)
    paths = [path for folder in AREAS[options.area] for path in (ROOT / "quotes" / folder).rglob("*.py")]
    every = [mutant for path in paths for mutant in mutants(str(path.relative_to(ROOT)), path.read_text("utf-8"))]
    chosen = sorted(sorted(every, key=lambda mutant: mutant.rank(options.seed))[: options.mutants])
    killed = 0
    with tempfile.TemporaryDirectory(prefix="quotes-mutation-") as folder:
        copied = Path(shutil.copytree(ROOT, Path(folder) / "tree", ignore=shutil.ignore_patterns(".*", "__pycache__", "*.db")))
        if not passes(copied, options.area, options.marks):
            raise SystemExit(f"the tests of {options.area} fail without any mutant: mend them first")
        for mutant in chosen:
            path = copied / mutant.module
            original = path.read_text("utf-8")
            path.write_text(mutant.source(), "utf-8")
            survives = passes(copied, options.area, options.marks, mutant.module)
            path.write_text(original, "utf-8")
            killed += not survives
            print("SURVIVES" if survives else "killed  ", f"{mutant.module}:{mutant.line} {mutant.told}", flush=True)
    print(f"{killed} of {len(chosen)} killed; drawn from {len(every)}")


if __name__ == "__main__":
    main()
