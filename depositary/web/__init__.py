"""The web: the public site and its data, their publication, and the secretariat's desk."""
