"""Content texts filled with values: a sandboxed, strict Jinja in which a printed value can never become markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context as Names
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tenderkit.assembly.values import Shown
from tenderkit.problems import Place, Problem, TenderkitError, nearest

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
# A condition alone on its line leaves no line behind; one inside a sentence keeps what follows it.
_TAG_LINE = re.compile(r"^[ \t]*(\{%[^%\n]*%\})[ \t]*\n", re.MULTILINE)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FILLED = "\ue000"  # where a template finds the text being filled: no template can write such a name
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Test,
    nodes.TestExpression if hasattr(nodes, "TestExpression") else nodes.Test,
)


@dataclass
class Filled:
    """A text with tokens where values stand, and the values."""

    text: str
    values: list[Shown] = field(default_factory=list)

    def plain(self, text: str) -> str:
        """Give a piece of the text with the values put in, for where no markup is read."""
        return TOKEN.sub(lambda match: self.values[int(match[1])].text, text)

    def token(self, value: object) -> str:
        """Keep a value and give the token that stands for it."""
        if isinstance(value, StrictUndefined):
            str(value)  # raises with the name
        shown = value if isinstance(value, Shown) else Shown(value, str(value))
        clean = _PRIVATE.sub("", shown.text)
        self.values.append(shown if clean == shown.text else replace(shown, text=clean))
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"


def _counted(value: Shown, one: str, many: str) -> Shown:
    """Give a number with its noun: "1 elev", "2 elever", and "det tilbudte antal (mindst 1) elever"."""
    noun = one if value.raw == 1 and not value.undecided else many
    return Shown(value.raw, f"{value.text} {noun}", value.missing, name=value.name)


def fill(text: str, values: Mapping[str, Any], name: str) -> Filled:
    """Fill a content text with values.

    Raises:
        TenderkitError: the text uses an unknown name, or more of Jinja than printing values and ``if``.
    """
    filled = Filled("")
    try:
        filled.text = _template(text, name).render({**values, _FILLED: filled})
    except TemplateSyntaxError as error:
        raise TenderkitError(
            Problem("broken-template", f"The text cannot be read: {error.message}.", Place(name, error.lineno))
        ) from error
    except UndefinedError as error:
        raise TenderkitError(_undefined(error, values, name, text)) from error
    except (SecurityError, TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise TenderkitError(Problem("broken-template", f"The text cannot be filled: {error}.", Place(name))) from error
    return filled


@pass_context
def _printed(names: Names, value: object) -> str:
    """Give what a template prints for a value: a token of the text being filled."""
    if isinstance(value, str) and TOKEN.fullmatch(value):
        return value
    filled: Filled = names[_FILLED]
    return filled.token(value)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        finalize=_printed,
        comment_start_string="{#%",
        comment_end_string="%#}",
        keep_trailing_newline=True,
    )
    environment.filters = {"counted": _counted}
    environment.globals = {}
    return environment


@lru_cache(maxsize=256)
def _template(text: str, name: str) -> Template:
    """Give a text's template; the lots and documents of a package fill the same texts again and again."""
    environment = _environment()
    tree = environment.parse(_TAG_LINE.sub(r"\1", _PRIVATE.sub("", text)))
    _only_printing(tree, name)
    return environment.from_string(tree)


def _only_printing(tree: nodes.Template, name: str) -> None:
    """Refuse everything but printed values and conditions: loops, calls, assignments, inclusion."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise TenderkitError(
                Problem(
                    "template-too-clever",
                    f"The text may print values and use if; it uses {type(node).__name__}.",
                    Place(name, node.lineno),
                    help="Move logic to a second clause or to a table parameter.",
                )
            )


def _undefined(error: UndefinedError, values: Mapping[str, Any], name: str, text: str) -> Problem:
    message = str(error)
    match = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", message)
    word = next((group for group in match.groups() if group), "") if match else ""
    known = set(values)
    for value in values.values():
        if isinstance(value, Mapping):
            known |= set(value)
    line = next((i for i, row in enumerate(text.splitlines(), 1) if re.search(rf"\b{re.escape(word)}\b", row)), 0)
    return Problem(
        "unknown-variable",
        f'"{word}" is not defined.',
        Place(name, line),
        help=nearest(word, known),
        values={"variable": word},
    )
