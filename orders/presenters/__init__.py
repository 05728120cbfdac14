"""Turns domain objects into finished text for templates; no requests, no database."""
