"""The public site as it is published: rendered once for a state of the register and a day in New York, then served."""
