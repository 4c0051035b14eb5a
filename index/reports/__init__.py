"""What a report says of itself: whose, when, by whom, and the years as it sees them."""
