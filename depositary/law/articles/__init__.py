"""The law's table of contents: a module for each final clause, its functions the paragraphs.

| article | module |
| --- | --- |
| 61, 62 Protocols | `protocols` |
| 62, 66(1)-(2) Voting | `votes` |
| 63(3)-(4) Reservations | `reservations` |
| VCLT 20 to 23 Objections | `objections` |
| 64(1)-(2) Signature | `signature` |
| 64(3)-(4) Ratification, acceptance, approval, accession | `consent` |
| 65 Entry into force | `entry_into_force` |
| 66 Amendment | `amendment` |
| 67 Denunciation | `denunciation` |
| VCLT 29 Territorial application | `territory` |

The numbers are the Convention's (XVIII-16); the rules serve any treaty through its clause file. `contents` names, for
each paragraph of articles 61 to 67, the function that applies it.
"""
