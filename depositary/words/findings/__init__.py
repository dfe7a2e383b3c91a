"""A sentence for each finding. The modules have the names of the law's: the words of article 67 follow its rule."""
