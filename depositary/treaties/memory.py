"""What follows from the effects under a treaty: computed once, and kept as long as they are."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from depositary.law.effects import Effects

REMEMBERED = 16
"""How many answers are kept of what was asked of the effects under one treaty: of several days, in each language."""

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_for_effects(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A function of effects, and of what is asked of them, that computes each answer once."""
    kept: WeakKeyDictionary[Effects, dict[Hashable, Answer]] = WeakKeyDictionary()

    @wraps(function)
    def answer(*asked: Asked.args, **named: Asked.kwargs) -> Answer:
        effects, *rest = asked
        assert isinstance(effects, Effects)
        answers, key = kept.setdefault(effects, {}), (*rest, *named.items())
        if key in answers:
            return answers[key]
        if len(answers) >= REMEMBERED:
            answers.clear()
        found = answers[key] = function(*asked, **named)
        return found

    return answer
