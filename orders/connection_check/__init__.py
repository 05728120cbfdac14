"""Checks the connection to the ERC API step by step, and says of each what is wrong and what to do about it."""
