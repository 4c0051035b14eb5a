"""What is kept of answers: conversations, bundles, votes, citations."""
