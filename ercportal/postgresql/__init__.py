"""Django's PostgreSQL backend, with every wait bounded."""
