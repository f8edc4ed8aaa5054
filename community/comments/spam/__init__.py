"""A local judge of spam: what it looks at, what it learned, and how it explains itself.

`tokens` reads a text as its writer meant it, `features` says what can be learned
from, `classifier` learns, `training` keeps what was learned as a version in the
database, `scoring` gives a new text a score and `explaining` the words behind it.
Nothing leaves this machine, and without training nothing is ever held.
"""
