"""How fast the portal is: `make bench`. Everything is a ratio to something measured in the same minutes."""
