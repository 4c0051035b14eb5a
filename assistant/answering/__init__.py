"""Answers without a model: one router, answerers in order."""
