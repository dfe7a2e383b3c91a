"""The public pages and the same as data: read-only, each derived when it is asked for."""
