"""What measures the program and takes pictures of it: speed, growth, endurance, order, the site on invented data. Not in the wheel.

Each module is a command, `python -m benchmarks.NAME`; docs/benchmarks.md has a line on each. Accuracy is measured by `quotes evaluate`.
"""
