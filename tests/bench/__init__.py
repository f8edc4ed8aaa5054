"""What the site costs: ``python -m tests.bench [name or prefix]``, also as ``make bench``."""
