"""A plugin of Datasette that makes a site for readers out of a database of quotes, and `quotes serve`, which runs it.

Here: hooks, settings, charts, and what pages (`pages`) and downloads (`exports`) share. Not here: SQL that the command line needs too,
which is in the store. The plugin loads in every Datasette of its environment, so each hook looks first whether a database is ours.
"""

# Datasette looks for its hooks among the names of this package.
from quotes.publish.hooks import *  # noqa: F403
