"""The errors of `assistant`.

    AssistantError
      ├── PromptError       a template that is missing or filled with the wrong fields
      ├── GroundingError    an answer that is not exactly what its sources say
      ├── RecordError       a file of questions or answers that cannot be used
      ├── BundleError       an evidence bundle that cannot be read
      ├── SelectionError    a name that selects no figures
      ├── PanelError        a panel that cannot be written
      ├── QueryError        a query that is not written as one, or names what there is not
      ├── LimitError        more than `assistant.limits` lets through
      ├── RequestError      a request of another program that is not of its shape
      ├── SettingsError     a file of settings that cannot be used
      ├── ServerError       the web page cannot be served where it was asked to be
      └── ModelError        a chat model
            ├── ModelSetupError   cannot be opened as it is configured
            ├── ModelFailed       did not answer
            └── ModelStopped      was stopped by the reader

Errors of the index pass through as they are.
"""

from __future__ import annotations


class AssistantError(Exception):
    """The root: anything that `assistant` raises on purpose."""


class PromptError(AssistantError):
    """A template is missing, or its fields and the given values differ."""


class GroundingError(AssistantError):
    """A citation is not the very characters of its source, or a mark has no citation."""


class RecordError(AssistantError):
    """A file of questions or answers that cannot be used; the message has one line a problem."""


class BundleError(AssistantError):
    """An evidence bundle, or a kept conversation, that cannot be read or is of another format."""


class SelectionError(AssistantError):
    """A name given to select figures that neither the lexicon nor a report has."""


class PanelError(AssistantError):
    """A panel cannot be written: its format, a package for it, or where it shall stand."""


class QueryError(AssistantError):
    """A query that is not of its schema, or names what is not known; one line a fault."""


class LimitError(AssistantError):
    """Something is longer, larger or more than is taken; the message names the limit."""


class RequestError(AssistantError):
    """A request of another program that is not of its shape, or asks nothing; one line."""


class SettingsError(AssistantError):
    """A file of settings that cannot be read, or that sets what there is not."""


class ServerError(AssistantError):
    """The web page cannot be served: its port is taken or its host is not this machine's."""


class ModelError(AssistantError):
    """Something about a chat model."""


class ModelSetupError(ModelError):
    """A chat model cannot be opened: its setting, its package or its key; the message says how."""


class ModelFailed(ModelError):  # noqa: N818 - what happened, not a defect
    """A chat model did not answer, retries and all; the message is one line."""


class ModelStopped(ModelError):  # noqa: N818 - no error at all
    """The reader stopped a chat model while it wrote."""
