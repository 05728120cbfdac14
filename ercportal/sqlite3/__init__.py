"""Django's SQLite backend, which waits for a locked file once, and not at each statement."""
