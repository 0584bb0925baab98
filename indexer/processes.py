"""Work done in other processes: what hangs, crashes or takes all memory there is lost alone.

Processes are reused, so that a task costs under 0.1 ms beside its work. On Linux they are forked
from a server that has the modules loaded already: a process that was killed is replaced in
about 20 ms, where starting Python anew takes 500.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

if sys.platform == "linux":
    import resource

Item = TypeVar("Item")
Result = TypeVar("Result")

_STDERR = 2
_AHEAD = 8
"""Tasks handed to each process before its results are asked for: keeps it busy, bounds memory."""

_SIGKILL = 9
_SERVER_GONE = 255
"""What `multiprocessing` gives for the exit status of processes whose fork server has died."""

_ALARM = sys.platform != "win32"
"""Whether a process can set itself an alarm that ends it, whatever library it is in. Only it
knows when a task begins and ends: seen from outside, the next one can be hit instead."""

_GRACE = 10.0
"""Seconds after the alarm at which a process that has not heard it is killed."""

_STALLED = 60.0
"""Seconds beyond the limit of a task after which a pool that tells nothing is given up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take, and after how many tasks a process is replaced.

    `address_space` counts bytes beyond what the process has mapped when it starts (some
    200 MB, and more with every core: NumPy's threads); None is no limit. Only Linux keeps it.
    `max_tasks` bounds what libraries leak; 0 is no bound.
    """

    seconds: float = 20.0
    address_space: int | None = 1 << 30
    max_tasks: int = 500


class LostError(Exception):
    """A task that gave nothing, through no exception of its own."""


class OutOfTimeError(LostError):
    """It ran longer than `Limits.seconds` and was killed."""


class _UnheardError(OutOfTimeError):
    """Nothing came long after its alarm. It may never have run, if its process ended just then."""


class OutOfMemoryError(LostError):
    """It asked for more than `Limits.address_space`, alone in a new process too."""


class CrashedError(LostError):
    """Its process ended, alone in a new process too. `code` as in `Process.exitcode`."""

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(code)

    @property
    def killed(self) -> bool:
        """Whether the system or a person ended it, and not what it did itself."""
        return self.code in (None, -_SIGKILL, -signal.SIGTERM, _SERVER_GONE)

    @property
    def name(self) -> str:
        """The signal's name (SIGSEGV), or the exit status."""
        if self.code is not None and self.code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-self.code).name
        return str(self.code)


def run_all(
    function: Callable[[Item], Result], items: Iterable[Item], limits: Limits, workers: int
) -> Iterator[tuple[Item, Result | Exception]]:
    """What `function` gives for each item, or raises, or how it was lost, as they are done.

    `function` and items are pickled. Where a process crashed or had no memory left, an earlier
    task may have been the cause, so that task is done once more at the end, in a new process.
    """
    suspects: list[Item] = []
    queue = iter(items)
    while True:
        # Not before there is something to do: a process takes its time to start.
        first = list(islice(queue, workers * _AHEAD))
        if not first:
            break
        # A process still starting when all is done already would only be in the way.
        pool = _Pool(function, limits, min(workers, 1 + len(first) // _AHEAD))
        for item, outcome in pool.run(first, queue):
            if isinstance(outcome, OutOfMemoryError | CrashedError | _UnheardError):
                suspects.append(item)
            else:
                yield item, outcome
    for item in suspects:
        yield from _Pool(function, replace(limits, max_tasks=1), 1).run([item], iter(()))


class _Pool(Generic[Item, Result]):
    """A pool for one function; of no more use once its `run` has ended."""

    def __init__(self, function: Callable[[Item], Result], limits: Limits, workers: int) -> None:
        self._task = partial(_task, function, limits.seconds)
        self._seconds = limits.seconds + (_GRACE if _ALARM else 0)
        self._room = workers * _AHEAD
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=limits.max_tasks,
            initializer=_prepare,
            initargs=(limits.address_space,),
            context=_context(function),
        )

    def run(
        self, first: Iterable[Item], more: Iterator[Item]
    ) -> Iterator[tuple[Item, Result | Exception]]:
        """Outcomes of `first`, and of what is taken from `more` as long as the pool works."""
        with _interrupts_blocked(), _errors_unheard():
            # Ctrl+C reaches the whole group: the parent decides what becomes of its workers,
            # and one that is stopped while it starts has nothing to tell.
            if not self._pool.active:
                raise RuntimeError("the worker processes did not start")
        running: dict[Future[Result], Item] = {}
        try:
            for item in first:
                self._add(item, running)
            while running:
                done, _ = wait(running, self._seconds + _STALLED, FIRST_COMPLETED)
                if not done:
                    break
                for finished in done:
                    outcome = _outcome(finished)
                    yield running.pop(finished), outcome
                if self._pool.active:
                    for item in islice(more, self._room - len(running)):
                        self._add(item, running)
        except BaseException:
            self._stop()
            raise
        if running:
            # Nothing comes any more, as when the system killed a process that held the lock.
            self._stop()
            yield from ((item, CrashedError(None)) for item in running.values())
        else:
            self._pool.close()  # type: ignore[no-untyped-call] # pebble leaves these untyped
            self._pool.join()

    def _add(self, item: Item, running: dict[Future[Result], Item]) -> None:
        task: Future[Result]
        try:
            task = self._pool.schedule(self._task, args=[item], timeout=self._seconds)
        except RuntimeError as error:  # the pool broke this very moment
            task = Future()
            task.set_exception(BrokenProcessPool(str(error)))
        running[task] = item

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call] # likewise
        self._pool.join()


def _outcome(task: Future[Result]) -> Result | Exception:
    try:
        return task.result(0)
    except TimeoutError:
        return _UnheardError() if _ALARM else OutOfTimeError()
    except ProcessExpired as error:
        timed_out = _ALARM and error.exitcode == -signal.SIGALRM
        return OutOfTimeError() if timed_out else CrashedError(error.exitcode)
    except BrokenProcessPool:
        return CrashedError(None)
    except Exception as error:
        return error


def _task(function: Callable[[Item], Result], seconds: float, item: Item) -> Result:
    if _ALARM:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(item)
    except MemoryError:
        pass
    finally:
        if _ALARM:
            signal.setitimer(signal.ITIMER_REAL, 0)
    # Raised out here, where the frames that hold the memory are gone.
    raise OutOfMemoryError


def _context(function: Callable[..., object]) -> BaseContext:
    """How processes start. Never forked from this process: it may have threads."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    whole = function.func if isinstance(function, partial) else function
    context.set_forkserver_preload([whole.__module__])  # heard by the first pool of this process
    return context


def _prepare(address_space: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A handler written in Python would never run where a library loops for ever.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if _ALARM:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # What the libraries want to say of a damaged file goes into its reason, not on the terminal.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if address_space is not None:
        limit_address_space(address_space)


def limit_address_space(more: int) -> None:
    """Let this process, and those it starts, map `more` bytes beyond what it does now."""
    if sys.platform != "linux":
        return  # macOS and Windows have no such limit that they keep
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = _mapped() + more
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    # The hard limit stays: a converter that we start may need another.
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _mapped() -> int:
    """Bytes of address space that this process has."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Threads and processes started inside do not hear of Ctrl+C, from their first instant on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield  # Windows: `_prepare` sees to it
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _errors_unheard() -> Iterator[None]:
    """What processes started inside write to standard error goes nowhere."""
    sys.stderr.flush()
    kept = os.dup(_STDERR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(nowhere)
        os.close(kept)
