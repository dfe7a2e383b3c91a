"""Letters that leave the house: composed, kept sealed until they are sent, sent once, and what became of each."""
