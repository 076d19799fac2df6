"""The command line: one file a command, thin; `madoguchi --help` lists them."""

import importlib
import itertools
import os
import pkgutil
import re
import sys

import click

from madoguchi import __version__
from madoguchi.problem import LANGS, Lang, Problem

DONE, NEGATIVE, UNUSABLE = 0, 1, 2


def program() -> click.Group:
    """Return the program with every command of this folder: each file's ``command``."""
    group = click.Group(name="madoguchi", help="窓口: the counter for the day personal data leaks in Japan.")
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        command = getattr(importlib.import_module(f"{__name__}.{module.name}"), "command", None)
        if isinstance(command, click.Command):
            group.add_command(command)
    return click.version_option(__version__, prog_name="madoguchi")(group)


def main(arguments: list[str] | None = None) -> None:
    """Run the program and exit: 0 done, 1 done with a negative answer, 2 the input could not be used (one line)."""
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our answer (`head`) has read enough; Python must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run the program on ``arguments`` and return its exit code."""
    try:
        code = program()(args=arguments, prog_name="madoguchi", standalone_mode=False)
    except Problem as problem:
        sys.stderr.write(problem.say(_lang(arguments)) + "\n")
        return UNUSABLE
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stdout.write(error.format_message() + "\n")
        return DONE
    except click.ClickException as error:
        sys.stderr.write(misuse(error, _lang(arguments)) + "\n")
        return UNUSABLE
    except BrokenPipeError:
        return DONE
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("中断しました。 / interrupted.\n")
        return 130
    return code if isinstance(code, int) else DONE


def misuse(error: click.ClickException, lang: Lang) -> str:
    """Return on one line what is wrong with the words of a call, and which help to look at."""
    context = getattr(error, "ctx", None)
    helps = f"{context.command_path if context else 'madoguchi'} --help"
    if lang == "en":
        return f"{' '.join(error.format_message().split())} See: {helps}"
    if isinstance(error, click.MissingParameter) and error.param:
        said = f"{error.param.get_error_hint(context) if context else error.param.name} がありません。"
    elif isinstance(error, click.NoSuchOption):
        said = f"「{error.option_name}」という指定はありません。"
    elif isinstance(error, click.BadParameter) and error.param:
        known = (
            f"{'・'.join(error.param.type.choices)} のどれかです。"
            if isinstance(error.param.type, click.Choice)
            else ""
        )
        said = f"{error.param.get_error_hint(context) if context else error.param.name} に使えない値があります。{known}"
    elif found := re.search(r"No such command '([^']*)'", error.format_message()):
        said = f"「{found[1]}」というコマンドはありません。"
    else:
        said = "指定のしかたが違います。"
    return f"{said}使い方: {helps}"


def _lang(arguments: list[str]) -> Lang:
    """Return the language asked for, read before the command line could be understood."""
    joined = [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    apart = [after for word, after in itertools.pairwise(arguments) if word == "--lang"]
    return next((lang for lang in LANGS if lang in joined + apart), "ja")
