"""What nobody thought of: pages as docs/api-reference.md has them and pages gone wrong, by the thousand.

`texts`, `values` and `pages` make what keeps to the reference; `mutations`, `bodies` and `sizes` spoil it; the
`invariants` say what must hold all the same; `kept_examples` holds what was found this way.
"""
