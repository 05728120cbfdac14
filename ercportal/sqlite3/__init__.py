"""Django's SQLite backend, which waits long for a locked file only once, not at each statement."""
