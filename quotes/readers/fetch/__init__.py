"""The web: HTTP requests with bounds, robots.txt, connections that refuse private networks, addresses compared.

Not here: what an answer holds (`pages`, feeds).
"""
