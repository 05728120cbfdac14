"""A stand-in for the ERC e-commerce API: a separate HTTP process for the demo and the tests.

It keeps to docs/api-reference.md to the letter and refuses what strays from it, so that a client that works here
works for the reason that it is right. It knows nothing of the portal: no Django, no code of the app.

Where to look: `server` listens, `connection` speaks HTTP, `routes` leads to `token_endpoint`, `items_endpoint`
and, by `family_routes`, to what is around the items: `customers_endpoint`, `orders_endpoint`, `resource_endpoint`.
All of them pass `gate`; `faults` and `family_faults` misbehave on purpose; `catalogue` holds customers and orders,
and `pictures` draws what they buy.
"""
