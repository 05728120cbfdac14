"""What docs/api-reference.md says of the API, held against all that stands in for it, so that none drifts.

The same tests run against the sandbox, the tests' stub and, as far as it goes, the benchmark's. They make requests
by hand, as the reference has them, and through the portal's own client. They run against a real account as well
where the environment names one, with an order of three items or more and a client that has the scope
`erc-ecommerce-connections-orders:read`; nothing is written there:

    export CONTRACT_BASE_URL=https://api.talkdeskapp.com
    export CONTRACT_TOKEN_URL=https://<account>.talkdeskid.com/oauth/token
    export CONTRACT_CLIENT_ID=… CONTRACT_CLIENT_SECRET=… CONTRACT_CUSTOMER_ID=… CONTRACT_ORDER_ID=…
    .venv/bin/pytest -n 0 tests/contract -k account

What is around the items is tried there, too, if the client has all scopes of the reference and the environment
names a customer with three orders or more, what the search finds them by, and one of the orders with its number:

    export CONTRACT_FAMILY_CUSTOMER_ID=… CONTRACT_FAMILY_ORDER_ID=…
    export CONTRACT_EMAIL=… CONTRACT_PHONE=… CONTRACT_ORDER_NUMBER=…
"""
