"""Responds to what an agent asks for, the same way on every surface: form, service, template."""
