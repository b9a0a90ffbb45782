"""The text of an issue file and changes of it -> the text in which only the lines of these changes differ.

`change(text, changes, order=...)` (`change.py`) takes the changes as data (`changes.py`: SetValue, Unset, AddSection,
AddItem, Duplicate, Move, Remove) and gives the new text, read again and compared with what was meant, or raises NotSafe
and nothing has changed. `field_at(tree, line, column)` (`field_at.py`) tells which value stands at a place. Text comes in
and goes out with its byte-order mark and its line ends as they are: ``data.decode("utf-8")``, never ``read_text``.
"""
