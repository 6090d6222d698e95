"""Which faults are put into a module, and that the same ones are drawn after a change elsewhere in it."""

import pytest

from benchmarks import mutation
from benchmarks.mutation import mutants


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = a and b", ["x = a or b"]),
        ("x = not a", ["x = a"]),
        ("x = any(a)", ["x = all(a)"]),
        ("x = a - 1", ["x = a + 1", "x = a - 2"]),
        ("def f(a: int | None=None, *, b=True):\n    pass", ["def f(a: int | None=None, *, b=False):\n    pass"]),
        ("@cache(1)\ndef f():\n    'Says it.'", []),
        ("if a:\n    return 'b'", ["pass"]),
    ],
)
def test_a_mutant_has_one_fault(source, expected):
    assert [mutant.source() for mutant in mutants("a.py", source)] == expected


def test_the_place_in_the_draw_does_not_depend_on_the_line():
    before, after = ({each.told: each.rank(1) for each in mutants("a.py", source)} for source in ("a = 1", "b = c\na = 1"))

    assert before == after


def test_a_mutant_survives_what_the_tests_do_not_notice(tmp_path, monkeypatch, capsys):
    for name, text in {
        "quotes/__init__.py": "",
        "quotes/linking/ends.py": "LAST = 1\n\n\ndef ends(number):\n    return number > LAST\n",
        "tests/linking/test_ends.py": "from quotes.linking.ends import ends\n\n\ndef test_ends():\n    assert ends(3)\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(mutation, "ROOT", tmp_path)

    mutation.main(["linking", "--mutants", "1"])

    assert capsys.readouterr().out.splitlines()[-1] == "0 of 1 killed; drawn from 2"
