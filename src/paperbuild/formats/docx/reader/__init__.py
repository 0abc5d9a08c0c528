"""What reads a Word document back; it shares nothing with what wrote it."""
