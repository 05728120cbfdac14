"""Checks the connection to the ERC API step by step; each step says what is wrong and what to do."""
