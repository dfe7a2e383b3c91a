"""The treaties at hand: their files come in, their status goes out."""
