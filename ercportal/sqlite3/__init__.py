"""Django's SQLite backend, which waits long for a locked file once, and not at each statement."""
