"""Bibliographic items as CSL-JSON gives them, read once."""
