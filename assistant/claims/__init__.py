"""What an answer claims, read: amounts, dates, numbers in words, formulas, places."""
