"""Tasks for the tests: what other processes can import."""

import os
import time

from quotes.errors import ClusterError


def work(task):
    """The task doubled; "dies" ends its process, "fails" and "refused" raise, a float waits so long."""
    if task == "dies":
        os._exit(9)
    if task == "fails":
        raise ValueError("no such\nthing")
    if task == "refused":
        raise ClusterError("shards: cannot be written (no space): make room")
    if isinstance(task, float):
        time.sleep(task)
    return task * 2
