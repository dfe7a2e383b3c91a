"""The secretariat's desk: who works at it, what they draft, and the two persons an entry passes through."""
