"""A text, whoever wrote it -> what it states: numbers and dates, names, quotations; and the text without accents."""
