"""Ask a folder of Chinese government work reports from Python.

    import baogao

    print(baogao.ask("what GDP growth did Jiaozuo target").text)

The names here stay; the packages `assistant` and `index`, whose records they return, may change.
"""

from assistant.doors.library import ask, figures, open_assistant, panel, query, search

__all__ = ["ask", "figures", "open_assistant", "panel", "query", "search"]
