"""What every service of the application is: permitted, one transaction, exactly one entry in the record.

    @service(kind="accounts:member:added", action="members.change", on="organisation")
    def add_member(*, organisation: Organisation, by: Actor, email: str, role: str) -> Done:
        ...
        return Done(member, {"member": str(member.id), "role": role})

    member = add_member(organisation=shop, by=owner, email="m@example.jp", role="staff")

The function returns what it did, and the decorator does the rest: it asks the one permission function whether ``by`` may
do ``action`` to the argument named by ``on``, opens the transaction, appends the payload to the log of ``Done.about`` (or
of the ``on`` argument) and hands the result back. So a service cannot forget its entry; one that writes an entry by
itself, or calls another service, is stopped and rolled back, since that would be two.

Writers that leave no entry by design (claims of due work, say) are marked ``@silent("why")`` and may be called anywhere.
"""

import functools
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction

KIND = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")


class Done(NamedTuple):
    """What a service did: its ``result``, what its entry says, and whose log takes it (``about``, with ``record_log``).

    ``files`` and ``parts`` are the documents and the batch of the entry, as `app.log.services.append` takes them.
    """

    result: Any
    payload: Mapping[str, Any]
    about: Any = None
    files: Mapping[str, bytes] | None = None
    parts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Service:
    """A registered writer. ``kind`` is None for a silent one, and ``because`` says why it is silent."""

    name: str
    kind: str | None = None
    action: str | None = None
    on: str | None = None
    because: str = ""


class OneEntryError(RuntimeError):
    """A service wrote no entry, or more than one: a mistake in the program, never of the user."""


REGISTRY: dict[str, Service] = {}
_running: ContextVar[str | None] = ContextVar("running", default=None)
_written: ContextVar[int] = ContextVar("written", default=0)


def service(*, kind: str, action: str, on: str | None = None) -> Callable[[Callable[..., Done]], Callable[..., Any]]:
    """Make a function a service (see the module).

    ``kind`` is ``source:subject:action``, one kind a service; ``action`` a key of permissions.yaml; ``on`` the name of
    the argument that the permission is asked for, None where the service makes the first thing of all.
    """
    if not KIND.fullmatch(kind):
        raise TypeError(f"{kind!r} is not source:subject:action")

    def decorate(function: Callable[..., Done]) -> Callable[..., Any]:
        told = Service(f"{function.__module__}.{function.__qualname__}", kind, action, on)
        _check(function, told)

        @functools.wraps(function)
        def call(*, by: Any, **arguments: Any) -> Any:
            if outer := _running.get():
                raise OneEntryError(f"{told.name} inside {outer}: one service, one entry")
            running, written = _running.set(told.name), _written.set(0)
            try:
                return _call(function, told, by, arguments)
            finally:
                _running.reset(running)
                _written.reset(written)

        REGISTRY[told.name] = told
        return call

    return decorate


def silent(because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a writer that leaves no entry by design, and say why; it runs in a transaction of its own or its caller's."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        told = Service(f"{function.__module__}.{function.__qualname__}", because=because)
        REGISTRY[told.name] = told
        return transaction.atomic(function)

    return decorate


def entry_written() -> None:
    """Note that an entry was appended. `app.log` calls it for each."""
    _written.set(_written.get() + 1)


def _call(function: Callable[..., Done], told: Service, by: Any, arguments: dict[str, Any]) -> Any:
    from madoguchi.app.accounts.permission import current, may
    from madoguchi.app.log.services import append

    # durable: when a service has answered, its commit is on the disk, not in somebody's larger transaction.
    with transaction.atomic(durable=True):
        by = current(by)
        may(by, told.action, arguments.get(told.on)).or_refuse()
        done = function(by=by, **arguments)
        if not isinstance(done, Done):
            raise OneEntryError(f"{told.name} returned no Done")
        about = done.about or arguments[told.on]
        append(
            log=about.record_log(),
            kind=told.kind,
            actor=by.actor,
            payload=done.payload,
            files=done.files,
            parts=done.parts,
        )
        if _written.get() != 1:
            raise OneEntryError(f"{told.name} wrote {_written.get()} entries")
    return done.result


def _check(function: Callable[..., Done], told: Service) -> None:
    parameters = inspect.signature(function).parameters
    if any(p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters.values()) or "by" not in parameters:
        raise TypeError(f"{told.name}: a service takes keyword arguments, `by` among them")
    if told.on is not None and told.on not in parameters:
        raise TypeError(f"{told.name}: there is no argument {told.on!r}")
    twin = next((s.name for s in REGISTRY.values() if s.kind == told.kind and s.name != told.name), None)
    if twin:
        raise TypeError(f"{told.name}: {twin} writes entries of the same kind")
