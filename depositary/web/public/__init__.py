"""The public pages: what each shows, and its route."""
