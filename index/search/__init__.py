"""Passages for a query: proposed, fused, refined, reranked."""
