"""The registers of authorities: who answers for a State, and who may see how to reach them.

They are a store of their own, which the public process cannot open, and what is protected in it is sealed.
"""
