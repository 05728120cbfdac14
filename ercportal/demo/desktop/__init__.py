"""A make-believe contact-center desktop on an origin of its own, which embeds the panel as a real one would.

It shows a host's side of the bargain: it signs launch tokens on its server, and lets `host.js` do the rest.
"""
