"""Question sets in, measures out.

`questions` reads a question set, `harness` asks it, `scorers` and `retrieval` score one question,
`measures` gathers the scores, `report` shows them, `records` keeps the answers in a file.
"""
