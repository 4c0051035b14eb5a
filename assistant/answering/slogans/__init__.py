"""What a slogan means or counts."""
