"""What of training needs no torch goes without it."""

import subprocess
import sys

WITHOUT_TORCH = """
import sys

class Without:
    def find_spec(self, name, *_):
        if name.partition(".")[0] == "torch":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Without())
import quotes.training.card, quotes.training.confidence_fitting, quotes.training.examples.prepare
"""


def test_preparing_and_measuring_need_no_torch():
    """Where it is not installed these modules can be imported; spaCy does without it too."""
    assert subprocess.run([sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True, check=False).stderr == ""
