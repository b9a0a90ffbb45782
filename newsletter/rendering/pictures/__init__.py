"""Pictures: a file as a coordinator has it becomes one that a letter can show, or is refused in a plain sentence.

Opened without harm, in plain colours without place, time or device, as light as it can be, still or calmly moving;
what was made is kept by what it was made of.
"""
