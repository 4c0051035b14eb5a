"""Answers of a chat model: context in, checked statements out."""
