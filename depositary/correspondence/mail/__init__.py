"""The letters of the house: how they are composed, kept sealed, sent once, and what became of each."""
