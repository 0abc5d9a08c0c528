"""Reads a finished PDF back: its pages, its structure tree, its destinations."""
