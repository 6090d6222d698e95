"""Tasks for the tests: what other processes can import."""

import os
import time


def work(task):
    """The task doubled; "dies" ends its process, "fails" raises, a float waits so long."""
    if task == "dies":
        os._exit(9)
    if task == "fails":
        raise ValueError("no such\nthing")
    if isinstance(task, float):
        time.sleep(task)
    return task * 2
