"""Newsletter: a month of human-rights news, from the first line to the last reader."""
