"""A dozen articles about people and places that do not exist, as awkward as real news, for `quotes demo` and the tests."""
