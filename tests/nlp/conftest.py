import pytest


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory):
    """The folder of a small model, written once; needs onnx."""
    pytest.importorskip("onnx")
    from small_model import written

    return written(tmp_path_factory.mktemp("models") / "small")
