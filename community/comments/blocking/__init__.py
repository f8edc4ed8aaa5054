"""Block rules: what editors do not want to see appear unread, and how it is found.

`rules` changes them, `matching` finds what matches a comment, `looking_back` tells what
a rule would have caught. Nothing of it knows the pipeline, which asks it.
"""
