"""What the server holds of each open page: a few whole, the others packed until they ask again.

Gradio keeps of each page what its parts show and how each is described to programs; what a page
needs to go on are the values of its states, a hundredth of that. Knows Gradio's holder of sessions,
and nothing of what the states mean.
"""

from __future__ import annotations

import pickle
import weakref
import zlib
from collections import OrderedDict
from copy import copy
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from gradio.components import State
from gradio.state_holder import SessionState, StateHolder

from assistant.limits import MOST_LIVE_SESSIONS, MOST_PACKED_BYTES, MOST_SESSIONS

if TYPE_CHECKING:
    import gradio as gr


class Session(SessionState):
    """The states of one open page; what its parts show stands in the browser alone."""

    def __init__(self, blocks: gr.Blocks) -> None:
        # Not Gradio's own, which describes every part of the page to programs.
        self.blocks_config = copy(blocks.default_config)
        self.config_values: dict[int, Any] = {}
        self.state_data: dict[int, Any] = {}
        self._state_ttl: dict[int, Any] = {}
        self.is_closed = False
        self.STATE_TTL_WHEN_CLOSED = _KEPT_AFTER_CLOSING

    def __setitem__(self, key: int, value: Any) -> None:  # noqa: ANN401 - of any state
        """Set a state's value, or how a part of the page is now."""
        block = self.blocks_config.blocks.get(key)
        if isinstance(block, State):
            self._state_ttl[key] = (block.time_to_live, datetime.now())
            self.state_data[key] = value
        else:
            self.blocks_config.blocks[key] = value

    def _update_config(self, key: int) -> None:
        """Describe no part of the page."""

    def _update_value_in_config(self, key: int, value: Any) -> None:  # noqa: ANN401 - of any part
        """Keep nothing of what a part shows."""


_KEPT_AFTER_CLOSING = 3_600  # seconds, as Gradio has it


class Sessions(StateHolder):
    """Holds the sessions of a page; those least recently used are packed, then let go of."""

    def __init__(self, live: int = MOST_LIVE_SESSIONS, most_bytes: int = MOST_PACKED_BYTES) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._live, self._most_bytes = live, most_bytes
        self._leaving: WeakValueDictionary[str, SessionState] = WeakValueDictionary()
        self._packings: dict[str, weakref.finalize[Any, Any]] = {}
        self._packed: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._own_lock = RLock()

    def __getitem__(self, session_id: str) -> SessionState:
        """Return a session: as it was left, or a new one."""
        with self._own_lock:
            if session_id not in self.session_data:
                self.session_data[session_id] = self._brought_back(session_id)
            state = super().__getitem__(session_id)
            while len(self.session_data) > self._live:
                self._let_go(next(iter(self.session_data)))
            return state

    def _let_go(self, session_id: str) -> None:
        """Hold a session no more; once no question of it is under way, its states are packed."""
        state = self.session_data.pop(session_id)
        self.time_last_used.pop(session_id, None)
        self._leaving[session_id] = state
        packing = weakref.finalize(state, self._pack, session_id, state.state_data)
        packing.atexit = False
        self._packings[session_id] = packing

    def _pack(self, session_id: str, values: dict[int, Any]) -> None:
        packed = zlib.compress(pickle.dumps(values, pickle.HIGHEST_PROTOCOL))
        with self._own_lock:
            self._packings.pop(session_id, None)
            self._packed[session_id] = packed
            self._bytes += len(packed)
            while self._bytes > self._most_bytes or len(self._packed) > MOST_SESSIONS:
                _, oldest = self._packed.popitem(last=False)
                self._bytes -= len(oldest)

    def _brought_back(self, session_id: str) -> SessionState:
        if (leaving := self._leaving.pop(session_id, None)) is not None:
            self._packings.pop(session_id).detach()
            return leaving
        session = Session(self.blocks)
        if (packed := self._packed.pop(session_id, None)) is not None:
            self._bytes -= len(packed)
            # These bytes were packed above and have never left this process.
            values: dict[int, Any] = pickle.loads(zlib.decompress(packed))  # noqa: S301
            for component, value in values.items():
                session[component] = value
        return session


def hold_few(page: gr.Blocks) -> None:
    """Have a page that is served hold its sessions so."""
    sessions = Sessions()
    sessions.set_blocks(page)
    page.app.state_holder = sessions
