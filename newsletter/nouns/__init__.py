"""The nouns: frozen data that crosses from room to room, and the shapes that each family keeps to.

Nothing here does anything: no files, no network, no clock. A verb that works on a noun lives in the room of its stage.
"""
