"""The annual circulation of the points of contact to the States Parties (41(2)): editions, letters, due dates."""
