"""What one types: one file a command, each of which parses, calls a room, and prints.

To add one: a file here, named like the command (``check.py``; a hyphen is written ``_``), with a click command of the
same name. The first sentence of that function's docstring is its line in ``newsletter --help``. It takes the
``Door`` by ``@click.pass_obj`` and imports the room it calls inside the function, so that help answers at once.
Exceptions of ``newsletter.errors`` need no catching: ``__main__`` says them and gives the exit code.
"""
