"""The layers of the package, by reading the imports: data flows one way, and each layer imports only those before it."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "quotes"

#: From the first layer to the last; those in one line do not import each other.
LAYERS = [
    {"errors"},
    {"records"},
    {"lexicons"},
    {"readers"},
    {"nlp"},
    {"pipeline"},
    {"extract", "local_processes"},
    {"linking"},
    {"store"},
    {"configured_extractor"},
    {"publish", "corpora", "shards"},
    {"evaluation"},
    {"training"},
    {"cli"},
    {"__main__"},
]
#: The packages of `quotes/nlp`, `quotes/readers` and `quotes/store` in the same way; what is in no package of these comes last.
PACKAGES = {
    "nlp": ["parsing", "detection", "rules", "model", "names", "titles", "coreference", "speakers", "topics"],
    "readers": ["inputs", "fetch", "layout", "pages", "tables", "exports"],
    "store": ["schema", "overrides", "rows", "retrieval", "corrections", "intake", "bulk"],
}
#: How many modules a folder of them may hold.
MODULES_IN_A_FOLDER = 12
#: What may be imported in which layers only.
LIBRARIES = {
    "spacy": {"nlp", "pipeline", "extract"},
    "textacy": {"nlp"},  # it imports spaCy and scikit-learn, seconds that `quotes load` and `quotes correct` need not wait
    "sqlite3": {"store", "publish"},
    "sqlite_utils": {"store", "publish"},
    "datasette": {"publish"},
    "click": {"cli"},
    "tqdm": {"cli"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    """Every module that is imported anywhere in the file, inside functions too."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that they can be read"
            found.add(str(node.module))
            if node.module == "quotes":
                found |= {f"quotes.{alias.name}" for alias in node.names}
    return found


def test_every_layer_is_listed():
    """A new one is put in its place here."""
    assert {layer_of(path) for path in MODULES} - {"demo"} <= set().union(*LAYERS)


def test_a_layer_imports_only_those_before_it():
    """Nothing flows back."""
    rank = {layer: number for number, layers in enumerate(LAYERS) for layer in layers}
    known = [(path, layer_of(path), each.split(".")[1]) for path in MODULES for each in imports(path) if each.startswith("quotes.")]

    assert [(path, other) for path, layer, other in known if other != layer and rank[other] >= rank[layer]] == []


@pytest.mark.parametrize(("layer", "package"), [(layer, package) for layer, packages in PACKAGES.items() for package in packages])
def test_a_package_knows_only_those_before_it(layer, package):
    """And holds no more than one can keep in mind."""
    modules = [path for path in (PACKAGE / layer / package).glob("*.py") if path.name != "__init__.py"]
    known = {each.split(".")[2] for path in modules for each in imports(path) if each.startswith(f"quotes.{layer}.")}

    assert {each for each in known if each not in PACKAGES[layer][: PACKAGES[layer].index(package) + 1]} == set()
    assert 0 < len(modules) <= MODULES_IN_A_FOLDER


def test_libraries_stay_in_their_layers():
    """Nothing after `extract.py` imports spaCy, nothing before the store knows SQL, nothing but the command line prints."""
    known = [(path, each.split(".")[0]) for path in MODULES for each in imports(path)]

    assert [(path, library) for path, library in known if layer_of(path) not in LIBRARIES.get(library, {layer_of(path)})] == []


def test_nothing_but_the_command_line_prints_or_exits():
    """The library returns, yields and raises; a module that is also a program, which writes a page or a list of this package, prints."""
    calls = [
        (path, node.func.id)
        for path in MODULES
        for node in nodes(path)
        if layer_of(path) != "cli" and isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    programs = {path for path in MODULES if 'if __name__ == "__main__":' in path.read_text("utf-8")}

    assert [(path, call) for path, call in calls if call in ("exit", "input", "breakpoint")] == []
    assert {path for path, call in calls if call == "print"} <= programs


def test_no_module_holds_two_things():
    """Past 400 lines it does; past 60 lines a function does, unless it is a migration: a list of statements, never changed again."""
    functions = [(path, node) for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert [path for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400] == []
    assert {path.name for path, node in functions if node.end_lineno - node.lineno > 60} <= {"migrations.py"}


def test_no_two_files_have_one_name():
    """A stranger who looks for a file by its name finds one."""
    names = [path.name for path in MODULES if path.name not in {"__init__.py", "__main__.py"}]

    assert sorted({each for each in names if names.count(each) > 1}) == []


@pytest.mark.parametrize("layer", sorted(set().union(*LAYERS) - {"__main__"}))
def test_no_modules_import_each_other_in_a_circle(layer):
    """Also not inside functions."""
    modules = {".".join(("quotes", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path for path in MODULES}
    known: dict[str, set[str]] = {module: set() for module, path in modules.items() if layer_of(path) == layer}
    for module, others in known.items():
        for node in nodes(modules[module]):
            if isinstance(node, ast.ImportFrom):
                named = {f"{node.module}.{alias.name}" for alias in node.names}
                others |= named & modules.keys() if named & modules.keys() else {str(node.module)} & modules.keys()

    TopologicalSorter(known).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("package", ["cli", "corpora", "evaluation", "linking", "training", "training/examples"])
def test_a_package_says_what_is_in_it_and_is_small(package):
    """No more modules than one can keep in mind."""
    folder = PACKAGE / package

    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= MODULES_IN_A_FOLDER
    assert len((ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or "").splitlines()) >= 2
