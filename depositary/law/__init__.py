"""The law: what follows from the acts under a treaty. Pure: it knows no clock, no file, no page and no sentence.

Theory of operation:

1. **Acts** (`acts`) are facts: who did what, on which day, under which treaty. **Clauses** (`clauses`) are the treaty's
   own numbers, periods and provisions; **participants** (`participants`) are States and organizations, with the days
   between which they exist and are members. **Dates** (`dates`) are civil dates, and periods that run on them.

2. `derivation.derive` reads the acts once, in the order of time. Each act is given to the article that governs it
   (`articles/`, the table of contents). The article enters the act in the **history** (`history`), or names the
   irregularities for which the act has no legal effect. So to examine a proposed act is to add it and to read again;
   `examination` lists all that is wrong, each with its code, its provision and its severity.

3. **Effects** (`effects`) answer what holds under the treaty on any day: entry into force, the standing of each
   participant, the number counted, amendments, milestones. An effect is never stored, only derived again.

4. **Findings** (`findings`) say why. A finding has a value, the provision that gives it, and the findings and acts on
   which it rests in turn; `reasons` builds them when somebody asks, and `counts` counts a period by hand. A finding has
   no prose: `words` has a sentence for each kind.

5. Where the text leaves a choice, the choice is a **reading** with a name (`readings`). A date rests on a reading when
   the other reading gives another date: `Effects.moved` reads the acts again with that one reading turned and compares.
   Only a ruling, which is itself an act, turns a reading for good.

6. `relations` compares two participants, `changes` two states of the register, and `examples` works a clause file
   through, so that a lawyer can confirm what it means.

To find the rule of a paragraph, open the module of its article in `articles/`.
"""
