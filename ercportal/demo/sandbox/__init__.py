"""A stand-in for the ERC e-commerce order items API: a separate HTTP process for the demo and the tests.

It keeps to docs/api-reference.md to the letter and refuses what strays from it, so that a client that works here
works for the reason that it is right. It knows nothing of the portal: no Django, no code of the app.

Where to look: `server` listens, `connection` speaks HTTP, `routes` leads to `token_endpoint` and
`items_endpoint`, `faults` misbehaves on purpose, `catalogue` holds the orders, `pictures` draws what they sell.
"""
